/** Leaving a session on a device that others may use next. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from "@tanstack/react-router";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { LeaveSession } from "~/pages/session/bar/LeaveSession";
import { keepDraft } from "~/pages/session/silent/drawer";

/** Asks to leave, with so many edits that the server lacks. */
async function ask(unsent: number): Promise<void> {
  const history = createMemoryHistory({ initialEntries: ["/"] });
  const router = createRouter({ routeTree: createRootRoute(), history });
  render(
    <RouterContextProvider router={router}>
      <QueryClientProvider client={new QueryClient()}>
        <LeaveSession session="s" map="m" name="Heron-12" unsent={unsent} />
      </QueryClientProvider>
    </RouterContextProvider>,
  );
  fireEvent.click(screen.getByRole("button"));
  await screen.findByText(/^What you wrote stays in the map/);
}

const warning = () => screen.queryByText(/^Changes of yours are not saved yet/);

it("says so where it would lose what the server has not got", async () => {
  await ask(1);
  expect(warning()).not.toBeNull();
});

it("says so where it would lose half an idea", async () => {
  keepDraft("r", "Alo");
  await ask(0);
  expect(warning()).not.toBeNull();
});

it("frightens nobody where all is saved", async () => {
  await ask(0);
  expect(warning()).toBeNull();
});
