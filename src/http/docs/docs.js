// Draws the description of the API. Everything is set as text, so nothing in it can become markup.

const METHODS = ["get", "post", "put", "patch", "delete"];

/** An element with text or children. */
function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The schema behind a reference. */
function resolve(spec, schema) {
  const name = schema?.$ref?.split("/").pop();
  return name ? { name, ...spec.components.schemas[name] } : (schema ?? {});
}

/** A type in a few words: `string (uuid)`, `list of Group`, `Group or null`. */
function typeOf(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  const either = schema.oneOf ?? schema.anyOf;
  if (either) return either.map(typeOf).join(" or ");
  if (schema.enum) return schema.enum.map((it) => JSON.stringify(it)).join(" | ");
  const types = [schema.type ?? "object"].flat();
  const words = types.map((type) => (type === "array" ? `list of ${typeOf(schema.items)}` : type));
  return words.join(" or ") + (schema.format ? ` (${schema.format})` : "");
}

/** The properties of an object, those of its parts included. */
function propertiesOf(spec, schema) {
  const whole = resolve(spec, schema);
  const parts = (whole.allOf ?? []).flatMap((part) => propertiesOf(spec, part));
  const required = new Set(whole.required ?? []);
  const own = Object.entries(whole.properties ?? {}).map(([name, property]) => ({
    name,
    property,
    required: required.has(name),
  }));
  return [...parts, ...own];
}

function row(name, type, words) {
  return el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, type), el("td", {}, words));
}

function table(title, rows) {
  if (rows.length === 0) return [];
  return [el("h4", {}, title), el("table", {}, el("tbody", {}, ...rows))];
}

/** The fields of a body; those of the rows of a list one level down. */
function fields(spec, schema, prefix = "") {
  return propertiesOf(spec, schema).flatMap(({ name, property, required }) => {
    const label = `${prefix}${name}${required ? "" : "?"}`;
    const own = row(label, typeOf(property), property.description ?? "");
    const inner = name === "items" && prefix === "" ? fields(spec, property.items, "items[].") : [];
    return [own, ...inner];
  });
}

function body(spec, title, content) {
  return Object.entries(content ?? {}).flatMap(([kind, { schema }]) => {
    const rows = fields(spec, schema);
    const heading = `${title} (${kind})`;
    return rows.length > 0 ? table(heading, rows) : table(heading, [row("", typeOf(schema), "")]);
  });
}

function call(spec, method, path, operation) {
  const id = `${method}-${path}`.replace(/[^a-z0-9]+/gi, "-");
  const parameters = (operation.parameters ?? []).map((it) =>
    row(`${it.name}${it.required ? "" : "?"}`, `${typeOf(it.schema)}, in ${it.in}`, it.description ?? ""),
  );
  const answers = Object.entries(operation.responses).filter(([status]) => status !== "default");
  const article = el(
    "article",
    { id },
    el("h3", {}, el("span", { class: "method" }, method.toUpperCase()), path),
    el("p", {}, [operation.summary, operation.description].filter(Boolean).join(" ")),
    ...table("Parameters", parameters),
    ...body(spec, "Body", operation.requestBody?.content),
    ...answers.flatMap(([status, it]) =>
      it.content ? body(spec, `Answer ${status}`, it.content) : [el("h4", {}, `Answer ${status}, empty`)],
    ),
  );
  return { id, title: `${method.toUpperCase()} ${path.replace("/api/v1", "")}`, article };
}

/** All calls, by tag. */
function draw(spec) {
  const tags = new Map();
  for (const [path, item] of Object.entries(spec.paths)) {
    for (const method of METHODS.filter((it) => item[it])) {
      const tag = item[method].tags?.[0] ?? "other";
      tags.set(tag, [...(tags.get(tag) ?? []), call(spec, method, path, item[method])]);
    }
  }
  const index = document.getElementById("index");
  const calls = document.getElementById("calls");
  for (const [tag, entries] of tags) {
    index.append(el("h2", {}, tag), ...entries.map((it) => el("a", { href: `#${it.id}` }, it.title)));
    calls.append(...entries.map((it) => it.article));
  }
  document.getElementById("about").textContent = spec.info.description;
  document.getElementById("find").addEventListener("input", (event) => {
    const words = event.target.value.toLowerCase();
    for (const link of index.querySelectorAll("a")) {
      link.hidden = !link.textContent.toLowerCase().includes(words);
    }
  });
}

try {
  const response = await fetch("/api/v1/openapi.json");
  draw(await response.json());
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
} catch (error) {
  document.getElementById("about").textContent = `The description did not load: ${error}`;
}
