/**
 * Between hands and map: what a tap, a drag, a key or the clipboard does.
 */

import { flushSync } from "react-dom";
import type { OpenMap } from "~/hooks/roomState";
import { type NodeId, ROOT } from "~/map/schema";
import { nodesIn } from "~/map/spatial";
import { onClipboard } from "~/pages/session/actions/clipboard";
import type { ActionContext, PageActions } from "~/pages/session/actions/context";
import { activeNode, addChild, drop, moveUnder } from "~/pages/session/actions/edits";
import type { Hands } from "~/pages/session/actions/hands";
import { run } from "~/pages/session/actions/run";
import { rememberStanding } from "~/pages/session/actions/undoing";
import { bindingFor, isMeantForWords, isTyping } from "~/pages/session/keys/match";
import type { Command } from "~/pages/session/keys/table";
import { BadgeLayer } from "~/pages/session/render/badgeLayer";
import type { Point } from "~/pages/session/render/camera";
import { Gestures, type GestureTarget, type TapKind } from "~/pages/session/render/gestures";
import type { Hit } from "~/pages/session/render/hit";
import { MapView, type MapViewOptions } from "~/pages/session/render/MapView";
import { Marquee } from "~/pages/session/render/marquee";
import { NodeDrag } from "~/pages/session/render/nodeDrag";
import { PresenceLayer } from "~/pages/session/render/presenceLayer";
import { typeOver } from "~/pages/session/text/typeOver";

/** A menu that was asked for. */
export interface MenuRequest {
  /** Where, in the page. */
  readonly point: Point;
  /** For which node; null for the map itself. */
  readonly id: NodeId | null;
}

/** What the controller cannot know when it is made, as it changes. */
export interface Surroundings {
  readonly canEdit: boolean;
  readonly author: { readonly id: string };
  readonly page: PageActions;
  openMenu(request: MenuRequest): void;
}

/** Everything that happens on one map's window. */
export class MapController implements GestureTarget {
  readonly view: MapView;
  readonly presence: PresenceLayer;
  readonly badges: BadgeLayer;
  private readonly gestures: Gestures;
  private readonly nodeDrag: NodeDrag;
  private readonly marqueeBox: Marquee;
  private readonly forget: () => void;
  private readonly abort = new AbortController();

  constructor(
    private readonly host: HTMLElement,
    private readonly tree: HTMLElement,
    private readonly map: OpenMap,
    options: Omit<MapViewOptions, "model">,
    private readonly around: () => Surroundings,
  ) {
    this.view = new MapView(host, tree, { ...options, model: map.model });
    this.presence = new PresenceLayer(this.view);
    this.badges = new BadgeLayer(this.view);
    this.marqueeBox = new Marquee(this.view);
    this.nodeDrag = new NodeDrag(this.view, {
      hover: (nodes, target) =>
        map.room.setPresence({ drag: { nodes, parent: target?.parent ?? null } }),
      drop: (ids, target) => drop(this.context(), ids, target),
      end: () => map.room.setPresence({ drag: null }),
    });
    this.gestures = new Gestures(host, this);
    this.forget = rememberStanding(map.undo, () => this.view.standing());
    const { signal } = this.abort;
    tree.addEventListener("keydown", (event) => this.keyDown(event), { signal });
    tree.addEventListener("focus", (event) => this.focus(event), { signal });
    tree.addEventListener("scroll", () => this.scrolled(), { signal });
    for (const kind of ["copy", "cut", "paste"] as const) {
      tree.addEventListener(kind, (event) => this.clipboard(event), { signal });
    }
  }

  /** Takes the map out of the page. */
  destroy(): void {
    this.abort.abort();
    this.gestures.destroy();
    this.forget();
    this.view.destroy();
  }

  /** Carries out a command that a button or menu asks for. */
  run(command: Command): void {
    run(command, this.context());
  }

  /** What commands work on, as of now. */
  context(): ActionContext {
    const { map, view } = this;
    const { canEdit, author, page } = this.around();
    return { view, doc: map.doc, model: map.model, undo: map.undo, author, canEdit, page };
  }

  /** The map as menus, bars and the clipboard work on it, as of now. */
  hands(): Hands {
    const context = this.context();
    const { view, doc, model, author, canEdit, page } = context;
    const ids = view.selection.list();
    return {
      ...{ doc, model, author, canEdit, ids },
      gate: page.gate,
      active: activeNode(context),
      run: (command) => run(command, context),
      isFolded: (id) => view.scene.folded.has(id),
      show: (parent, made) => {
        view.scene.fold(parent, false);
        view.selection.all([...made]);
        view.reveal(made[0] ?? parent);
      },
      moveTo: () => view.setMoving(ids.filter((id) => id !== ROOT)),
    };
  }

  hit(point: Point): Hit | null {
    return this.view.hit(point);
  }

  tap(hit: Hit | null, { shift, mod }: TapKind): void {
    const { view } = this;
    const { moving } = view.getState();
    this.tree.focus({ preventScroll: true });
    if (this.isGone(hit)) {
      return;
    }
    if (moving) {
      view.setMoving(null);
      if (hit) {
        moveUnder(this.context(), moving, hit.id);
      }
    } else if (this.around().page.pick(hit?.id ?? null)) {
      return;
    } else if (hit?.knob) {
      view.fold(hit.id, !view.scene.folded.has(hit.id));
    } else if (hit?.more) {
      view.showWhole(hit.id);
    } else if (hit && mod) {
      view.selection.toggle(hit.id);
    } else if (hit && shift) {
      view.selection.extend(hit.id);
    } else {
      view.select(hit?.id ?? null);
    }
  }

  doubleTap(hit: Hit | null): void {
    const { canEdit, page } = this.around();
    if (hit && !this.isGone(hit) && !page.gate.withheld("edit", { ids: [hit.id] }) && canEdit) {
      // Within the touch, so that a phone opens its keyboard for the editor.
      flushSync(() => this.view.edit(hit.id));
    }
  }

  menu(point: Point, hit: Hit | null): void {
    if (this.isGone(hit)) {
      return;
    }
    const id = hit?.id ?? null;
    const { selection } = this.view;
    if (id !== null && selection.ids.has(id)) {
      selection.extend(id); // The others stay selected; what goes to one node goes to this one.
    } else if (id !== null) {
      selection.only(id);
    }
    const frame = this.host.getBoundingClientRect();
    this.around().openMenu({ point: { x: frame.left + point.x, y: frame.top + point.y }, id });
  }

  /** Opens the menu of the active node over a point of the page. */
  openMenu(point: Point): void {
    this.around().openMenu({ point, id: activeNode(this.context()) });
  }

  menuKey(): void {
    const id = this.view.selection.active;
    const box = id === null ? undefined : this.view.scene.layout.box(id);
    if (id !== null && box) {
      const corner = { x: box.x, y: box.y + box.height };
      this.menu(this.view.camera.toScreen(corner), { id, knob: false });
    }
  }

  pan(dx: number, dy: number): void {
    this.view.camera.pan(dx, dy);
    this.view.invalidate();
  }

  zoom(about: Point, factor: number): void {
    this.view.zoomNow(about, factor);
  }

  dragStart(hit: Hit, point: Point): boolean {
    const { view } = this;
    const { id } = hit;
    if (!this.around().canEdit || id === ROOT || view.getState().editing || this.isGone(hit)) {
      return false;
    }
    if (!view.selection.ids.has(id)) {
      view.selection.only(id);
    }
    const ids = view.selection.list().filter((selected) => selected !== ROOT);
    if (this.around().page.gate.withheld("move", { ids })) {
      return false;
    }
    this.nodeDrag.start([id, ...ids.filter((other) => other !== id)], point);
    return true;
  }

  dragMove(point: Point): void {
    this.nodeDrag.move(point);
  }

  dragEnd(point: Point): void {
    this.nodeDrag.move(point);
    this.nodeDrag.end();
  }

  dragCancel(): void {
    this.nodeDrag.cancel();
  }

  marquee(from: Point, to: Point, end: boolean): void {
    const box = this.marqueeBox.show(from, to, end);
    const ids = nodesIn(this.view.scene.layout, box);
    if (end && ids.length > 0) {
      this.view.selection.all(ids);
    }
  }

  /** Whether others took a node away between a finger that went down on it and what that came to mean. */
  private isGone(hit: Hit | null): boolean {
    return hit !== null && !this.map.model.node(hit.id);
  }

  private keyDown(event: KeyboardEvent): void {
    if (this.nodeDrag.active) {
      if (event.key === "Escape") {
        this.gestures.cancel();
      }
      event.preventDefault();
      return;
    }
    const context = this.context();
    const { gate } = context.page;
    const binding = bindingFor(event, gate.voting());
    if (this.view.selection.isAdrift && isMeantForWords(event, binding)) {
      event.preventDefault();
    } else if (binding && (context.canEdit || !binding.edits)) {
      event.preventDefault();
      run(binding.command, context);
    } else if (binding?.command === "edit") {
      gate.withheld("edit", { ids: this.view.selection.list() });
    } else if (!binding && context.canEdit && isTyping(event)) {
      this.typeOn(context);
    }
  }

  /** Opens a node for the letter that was typed: the selected one, else a new branch. */
  private typeOn(context: ActionContext): void {
    const { active } = this.view.selection;
    const { gate } = context.page;
    if (active === null) {
      // Who has just come in and writes has an idea, and means no other's words.
      if (!gate.withheld("addChild", { ids: [ROOT] })) typeOver(() => addChild(context));
    } else if (!gate.withheld("edit", { ids: [active] })) {
      typeOver(() => this.view.edit(active));
    }
  }

  /** Whoever comes by the keyboard stands at the topic; who is given it with the page, nowhere yet. */
  private focus({ relatedTarget }: FocusEvent): void {
    const { selection } = this.view;
    const isHere = selection.active !== null || selection.isAdrift;
    if (!isHere && relatedTarget !== null && this.tree.matches(":focus-visible")) {
      this.view.select(ROOT, false);
    }
  }

  /** The browser scrolls to what it found or what a screen reader is at: the map pans instead. */
  private scrolled(): void {
    const { scrollLeft, scrollTop } = this.tree;
    if (scrollLeft !== 0 || scrollTop !== 0) {
      this.tree.scrollTo(0, 0);
      this.pan(-scrollLeft, -scrollTop);
    }
  }

  private clipboard(event: ClipboardEvent): void {
    // What was meant for the node that is gone goes under no other.
    if (event.type !== "paste" || !this.view.selection.isAdrift) {
      onClipboard(event, this.hands());
    }
  }
}
