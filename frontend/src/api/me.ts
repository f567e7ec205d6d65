/** Who this browser is, and signing in and out. */
import { answer, api } from "./client";
import { orKept } from "./kept";
import type { Me, SignInMethods } from "./types";

/** Who this browser is; nobody is an answer too. While the server is away, who it was. */
export const readMe = (signal?: AbortSignal): Promise<Me> =>
  orKept("me", answer(api.GET("/api/v1/me", { signal: signal ?? null })));

/** Signs in with e-mail address and password. */
export const signIn = (email: string, password: string): Promise<Me> =>
  answer(api.POST("/api/v1/sign-in", { body: { email, password } }));

/** Signs in with a link that works once. */
export const signInByLink = (token: string): Promise<Me> =>
  answer(api.POST("/api/v1/sign-in/link", { body: { token } }));

/** Ends this browser's sign-in. */
export const signOut = (): Promise<unknown> => answer(api.POST("/api/v1/sign-out"));

/** Takes part in a session no longer, on this device. */
export const leaveSession = (session: string): Promise<unknown> =>
  answer(api.POST("/api/v1/sessions/{id}/leave", { params: { path: { id: session } } }));

/** What a password is set with. */
export interface NewPassword {
  next: string;
  /** The one so far; needed where there is one. */
  current?: string;
  /** Whether the API tokens end too. */
  endTokens?: boolean;
}

/** Sets a password, and signs out everywhere else. */
export const setPassword = ({ next, current, endTokens }: NewPassword): Promise<unknown> =>
  answer(
    api.POST("/api/v1/me/password", {
      body: {
        new: next,
        ...(current !== undefined && { current }),
        ...(endTokens && { end_tokens: true }),
      },
    }),
  );

/** How one may sign in here. */
export const readMethods = (): Promise<SignInMethods> => answer(api.GET("/api/v1/sign-in/methods"));

/** Where signing in at the identity provider begins; the server leads on from there. */
export const providerAddress = (next: string): string =>
  `/api/v1/sign-in/oidc?next=${encodeURIComponent(next)}`;
