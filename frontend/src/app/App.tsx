import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClientProvider } from "@tanstack/react-query";
import { type RouterHistory, RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { ToastProvider } from "~/components/Toast";
import { ErrorBoundary } from "./ErrorBoundary";
import { newQueryClient } from "./queryClient";
import { newRouter } from "./routes";

/** The whole app: what every page stands on. A test gives it a history of its own. */
export function App({ history }: { history?: RouterHistory }) {
  const [client] = useState(newQueryClient);
  const [router] = useState(() => newRouter(history));
  return (
    <ErrorBoundary>
      <QueryClientProvider client={client}>
        <Tooltip.Provider delay={450}>
          <ToastProvider>
            <RouterProvider router={router} />
          </ToastProvider>
        </Tooltip.Provider>
      </QueryClientProvider>
    </ErrorBoundary>
  );
}
