import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { RoomState } from "~/hooks/useRoom";
import { StatusNotices } from "~/pages/session/StatusNotices";
import type { AsideText, RoomStatus } from "~/sync/RoomClient";
import { NEW_STATUS } from "~/sync/status";

function roomWith(status: Partial<RoomStatus>, aside: readonly AsideText[] = []) {
  const takeAside = vi.fn();
  const room = { status: { ...NEW_STATUS, ...status }, room: { aside, takeAside } };
  return { room: room as unknown as RoomState, takeAside };
}

describe("status notices", () => {
  it("are silent while all is well", () => {
    const { container } = render(
      <StatusNotices room={roomWith({ phase: "open" }).room} isOverMap />,
    );
    expect(container.textContent).toBe("");
  });

  it("say while offline whether what is written is safe on this device", () => {
    const kept = { phase: "offline", loaded: true, keptOnDevice: true } as const;
    const { rerender } = render(<StatusNotices room={roomWith(kept).room} isOverMap />);
    expect(screen.getByText(/kept on this device/)).toBeTruthy();
    rerender(<StatusNotices room={roomWith({ ...kept, keptOnDevice: false }).room} isOverMap />);
    expect(screen.getByText(/keep this page open/)).toBeTruthy();
    rerender(<StatusNotices room={roomWith({ ...kept, loaded: false }).room} isOverMap />);
    expect(screen.getByText(/not on this device/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByText(/not on this device/)).toBeNull();
    rerender(<StatusNotices room={roomWith(kept).room} isOverMap />);
    expect(screen.getByText(/kept on this device/)).toBeTruthy();
  });

  it("say why the server refused, in words", () => {
    render(<StatusNotices room={roomWith({ phase: "refused", closeCode: 4401 }).room} isOverMap />);
    expect(screen.getByRole("alert").textContent).toMatch(/Join again/);
  });

  it("offer what was not sent, before a page is loaded again that will be refused", () => {
    const { room } = roomWith({ phase: "refused", closeCode: 4403, unsent: 2 });
    const words = [{ node: "n1", under: "Training", text: "At night", note: "" }];
    Object.assign(room.room, { unsentWords: () => words });
    render(<StatusNotices room={room} isOverMap />);
    expect(screen.getByRole("alert").textContent).toMatch(/Changes of yours have not been sent/);
    expect(screen.getByRole("button", { name: "Copy my work" })).toBeTruthy();
  });

  it("offer the server's copy where this device is too far ahead of it", () => {
    const { room } = roomWith({ phase: "refused", closeCode: 4413, ahead: true });
    const startOver = vi.fn();
    Object.assign(room.room, { startOver });
    render(<StatusNotices room={room} isOverMap />);
    expect(screen.getByRole("alert").textContent).toMatch(/brought back from a backup/);
    fireEvent.click(screen.getByRole("button", { name: "Start from the server's copy" }));
    expect(startOver).toHaveBeenCalledOnce();
  });

  it("offer work of an older history to be copied, under what it stood under", async () => {
    const writeText = vi.fn().mockResolvedValue(undefined);
    Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
    const aside = [{ node: "n1", under: "Training", text: "At night", note: "Ask Maria" }];
    const { room, takeAside } = roomWith({ setAside: 1 }, aside);
    render(<StatusNotices room={room} isOverMap />);
    fireEvent.click(screen.getByRole("button", { name: "Copy my work" }));
    expect(writeText).toHaveBeenCalledWith("Training\n\tAt night\n\t\tAsk Maria");
    expect(takeAside).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole("button", { name: "Discard it" }));
    expect(takeAside).toHaveBeenCalledOnce();
  });

  it("offer what is refused later beside what still waits to be copied", () => {
    const writeText = vi.fn().mockResolvedValue(undefined);
    Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
    const first = { node: "n1", under: "Training", text: "At night", note: "" };
    const second = { node: "n2", under: "Training", text: "By day", note: "" };
    const { rerender } = render(
      <StatusNotices room={roomWith({ setAside: 1 }, [first]).room} isOverMap />,
    );
    rerender(<StatusNotices room={roomWith({ setAside: 2 }, [first, second]).room} isOverMap />);
    fireEvent.click(screen.getByRole("button", { name: "Copy my work" }));
    expect(writeText).toHaveBeenCalledWith("Training\n\tAt night\nTraining\n\tBy day");
  });
});

it("the notices are heard when the connection goes, and when it is back", () => {
  const at = (phase: RoomStatus["phase"]) => (
    <StatusNotices room={roomWith({ phase, loaded: true }).room} isOverMap />
  );
  const { rerender } = render(at("open"));
  const heard = screen.getByRole("status");
  expect(heard.textContent).toBe("");
  rerender(at("offline"));
  expect(heard.textContent).toMatch(/You are offline/);
  rerender(at("open"));
  expect(heard.textContent).toBe("You are connected again.");
});
