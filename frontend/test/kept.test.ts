/** What is kept of the server's answers, and when it is given in their place. */
import { afterEach, describe, expect, it } from "vitest";
import { ApiError } from "~/api/client";
import { forgetAnswers, orKept } from "~/api/kept";

const away = () => Promise.reject(new ApiError(0, "network", ""));
const refused = () => Promise.reject(new ApiError(403, "forbidden", ""));

afterEach(() => localStorage.clear());

describe("an answer that is kept", () => {
  it("stands in while no server answers", async () => {
    await orKept("me", Promise.resolve({ name: "Heron-12" }));

    expect(await orKept("me", away())).toEqual({ name: "Heron-12" });
    await expect(orKept("map", away())).rejects.toThrow(ApiError);
  });

  it("is the newest one", async () => {
    await orKept("me", Promise.resolve({ name: "Heron-12" }));
    await orKept("me", Promise.resolve({ name: "Badger-07" }));

    expect(await orKept("me", away())).toEqual({ name: "Badger-07" });
  });

  it("is forgotten when the server refuses", async () => {
    await orKept("map", Promise.resolve({ title: "Ours" }));
    await expect(orKept("map", refused())).rejects.toThrow(ApiError);

    await expect(orKept("map", away())).rejects.toMatchObject({ code: "network" });
  });

  it("is forgotten with all others, and nothing else with it", async () => {
    localStorage.setItem("gapmap.theme", "dark");
    await orKept("me", Promise.resolve({ name: "Heron-12" }));

    forgetAnswers();

    await expect(orKept("me", away())).rejects.toMatchObject({ code: "network" });
    expect(localStorage.getItem("gapmap.theme")).toBe("dark");
  });
});
