/** The steps of an import: one after the other, however fast somebody is. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it } from "vitest";
import type { Import } from "~/api/types";
import { useImportStep } from "~/hooks/useImports";

const IMPORT = { id: "1", state: "ready" } as Import;

it("is carried out only once what was decided of it is known", async () => {
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const done: string[] = [];
  let answer = () => {};
  const decided = new Promise<Import>((resolve) => {
    answer = () => {
      done.push("decided");
      resolve(IMPORT);
    };
  });
  const apply = async () => {
    done.push("carried out");
    return IMPORT;
  };
  const { result } = renderHook(
    () => ({ decide: useImportStep("1", () => decided), apply: useImportStep("1", apply) }),
    { wrapper },
  );

  act(() => {
    result.current.decide.mutate(undefined);
    result.current.apply.mutate(undefined);
  });
  await waitFor(() => expect(result.current.apply.isPending).toBe(true));
  expect(done).toEqual([]);
  act(answer);

  await waitFor(() => expect(done).toEqual(["decided", "carried out"]));
});
