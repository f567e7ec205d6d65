import { useRouter } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";

interface InAppProps {
  /** A path of the web app with what may follow it, as the server writes it. */
  href: string;
  className?: string | undefined;
  children: ReactNode;
}

/** A link to where something in a report comes from, without loading the app anew. */
export function InApp({ href, className, children }: InAppProps) {
  const router = useRouter();
  const go = (event: MouseEvent) => {
    const isPlain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!isPlain || event.defaultPrevented || !href.startsWith("/")) return;
    event.preventDefault();
    router.history.push(href);
  };
  return (
    <a href={href} className={className} onClick={go} dir="auto">
      {children}
    </a>
  );
}

/** A record that a report points at. */
export function RecordRef({ it }: { it: { number: string; title: string; href: string } }) {
  return (
    <InApp href={it.href}>
      {it.number} {it.title}
    </InApp>
  );
}
