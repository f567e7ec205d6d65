/** Opens the whole app at an address, against the stand-in server. */
import { createMemoryHistory, type RouterHistory } from "@tanstack/react-router";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { App } from "~/app/App";
import { MockApi } from "./mockApi";

/** A browser in which the app is open. */
export interface OpenApp {
  mock: MockApi;
  history: RouterHistory;
  cookies: Map<string, string>;
}

interface OpenOptions {
  mock?: MockApi;
  /** The e-mail address of who is signed in. */
  as?: string;
  cookies?: Map<string, string>;
}

/** Who prepares and runs sessions. */
export const FACILITATOR = "pavel@example.org";
/** Who keeps the accounts. */
export const ADMIN = "ines@example.org";

/** Opens the app at `path`. */
export function openApp(path: string, options: OpenOptions = {}): OpenApp {
  cleanup();
  const { mock = new MockApi(), cookies = new Map() } = options;
  const user = mock.data.users.find((it) => it.email === options.as);
  if (user) cookies.set("gapmap_user", user.id);
  globalThis.fetch = mock.browser(cookies);
  const history = createMemoryHistory({ initialEntries: [path] });
  render(<App history={history} />);
  return { mock, history, cookies };
}

/** Types into a field, found by its label. */
export function fill(label: string | RegExp, value: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

/** Presses a button, when it is there. */
export async function press(name: string | RegExp): Promise<void> {
  const button = await screen.findByRole("button", { name });
  await act(async () => {
    fireEvent.click(button);
  });
}

/** Waits for the heading of a page. */
export function heading(name: string | RegExp): Promise<HTMLElement> {
  return screen.findByRole("heading", { level: 1, name });
}
