import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { uuidv4 } from "lib0/random";
import { useEffect, useRef, useState } from "react";
import { isPassing } from "~/api/client";
import type { Idea } from "~/api/types";
import { addIdea, changeIdea, deleteIdea, listIdeas, revealIdeas } from "~/api/votes";
import { useRefresh } from "~/hooks/useRefresh";

/** An idea that the server has not confirmed. Its id makes sending it again harmless. */
export interface Waiting {
  readonly id: string;
  readonly text: string;
}

/** What this browser keeps of a round until the server has it. */
export interface Drawer {
  read(): readonly Waiting[];
  write(ideas: readonly Waiting[]): void;
}

interface IdeasInput {
  round: string;
  connected: boolean;
  drawer: Drawer;
  /** An idea that the server will not have. It is handed back to whoever wrote it. */
  onRefused: (text: string, error: unknown) => void;
}

const AGAIN_MS = 3000;

/** One's ideas in a silent round. What cannot be sent now is kept in the drawer and sent later. */
export function useIdeas({ round, connected, drawer, onRefused }: IdeasInput) {
  const client = useQueryClient();
  const key = ["ideas", round];
  const list = useQuery({ queryKey: key, queryFn: () => listIdeas(round) });
  const refresh = useRefresh(key);
  const [waiting, setWaiting] = useState(() => drawer.read());
  // In the drawer by itself: another tab's ideas are in it, too, and this page may be gone in a moment.
  const put = (change: (ideas: readonly Waiting[]) => readonly Waiting[]) => {
    drawer.write(change(drawer.read()));
    setWaiting(change);
  };
  const send = useMutation({
    mutationFn: ({ id, text }: Waiting) => addIdea(round, id, text),
    retry: false,
  });
  // Goes up whenever one is through with one idea, sent or not: then it is the next one's turn.
  const [turn, setTurn] = useState(0);
  const isSending = useRef(false);
  const next = waiting[0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: one idea at a time
  useEffect(() => {
    if (next === undefined || !connected || isSending.current) return;
    isSending.current = true;
    const done = () => {
      isSending.current = false;
      setTurn((n) => n + 1);
    };
    const drop = () => {
      put((ideas) => ideas.filter(({ id }) => id !== next.id));
      done();
    };
    const onSent = (idea: Idea) => {
      // The list may take a while on a bad network, and the next idea shall not wait for it.
      client.setQueryData<readonly Idea[]>(key, (list = []) => [
        ...list.filter(({ id }) => id !== idea.id),
        idea,
      ]);
      drop();
      void refresh();
    };
    send.mutateAsync(next).then(onSent, (error: unknown) => {
      if (isPassing(error)) return sendAgainSoon(done);
      drop();
      onRefused(next.text, error);
    });
  }, [next?.id, connected, turn]);
  const change = useMutation({
    mutationFn: ({ id, text }: { id: string; text: string }) => changeIdea(round, id, text),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: string) => deleteIdea(round, id),
    onSettled: refresh,
  });
  const add = (text: string) => {
    // Made once: the drawer and the page must know it by the same id, or it is sent twice.
    const idea = { id: uuidv4(), text };
    put((ideas) => [...ideas, idea]);
  };
  return { list, waiting, add, change, remove };
}

/** Calls back after a while, or at once when the network is back. */
function sendAgainSoon(send: () => void): void {
  const go = () => {
    clearTimeout(timer);
    window.removeEventListener("online", go);
    send();
  };
  const timer = setTimeout(go, AGAIN_MS);
  window.addEventListener("online", go);
}

/** Has a round's ideas appear. */
export function useReveal(map: string) {
  return useMutation({
    mutationFn: ({ round, node }: { round: string; node: string | null }) =>
      revealIdeas(round, map, node),
  });
}
