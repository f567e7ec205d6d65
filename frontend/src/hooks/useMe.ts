import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { forgetAnswers } from "~/api/kept";
import {
  leaveSession,
  readMe,
  readMethods,
  setPassword,
  signIn,
  signInByLink,
  signOut,
} from "~/api/me";
import type { Me } from "~/api/types";
import { forgetOffline } from "~/sync/device";

const KEY = ["me"];

/** Who this browser is. */
export function useMe() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => readMe(signal), staleTime: 60_000 });
}

/** How one may sign in here; until the server says, with a password. */
export function useSignInMethods() {
  return useQuery({
    queryKey: ["methods"],
    queryFn: readMethods,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** After signing in or out, nothing that was read before counts any more. */
function useNewMe() {
  const client = useQueryClient();
  return (me: Me | null) => {
    forgetAnswers();
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== KEY[0] });
    if (me) client.setQueryData(KEY, me);
    else client.setQueryData<Me>(KEY, (old) => ({ participants: old?.participants ?? [] }));
    return client.invalidateQueries({ queryKey: KEY });
  };
}

/** Signs in with e-mail address and password. */
export function useSignIn() {
  const changed = useNewMe();
  return useMutation({
    mutationFn: (input: { email: string; password: string }) => signIn(input.email, input.password),
    onSuccess: changed,
  });
}

/** Signs in with a link that works once. */
export function useSignInByLink() {
  const changed = useNewMe();
  return useMutation({ mutationFn: signInByLink, onSuccess: changed });
}

/** Ends this browser's sign-in, and forgets what it keeps for being offline: others may use it next. */
export function useSignOut() {
  const changed = useNewMe();
  return useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await forgetOffline(null);
      return changed(null);
    },
  });
}

/** Leaves a session, as a guest. What the browser keeps is forgotten by `useForget`, once its map is closed. */
export function useLeaveSession(session: string) {
  return useMutation({ mutationFn: () => leaveSession(session) });
}

/** Forgets what this browser keeps of the map that was left, and asks anew who it is. */
export function useForget(map: string) {
  const client = useQueryClient();
  return async () => {
    forgetAnswers();
    await forgetOffline(map);
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== KEY[0] });
    return client.invalidateQueries({ queryKey: KEY });
  };
}

/** Sets or changes one's password. */
export function useSetPassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: setPassword,
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
}
