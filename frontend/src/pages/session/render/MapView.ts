/**
 * The map on the screen, without React: model in, one drawn frame out.
 *
 * All that can change the picture calls `invalidate`; the next frame settles the scene, moves the
 * camera and draws. Changes by others never move what is being looked at: the camera follows the
 * node that the eye is on (the edited or active one, or the one in the middle).
 */

import type { MapModel } from "~/map/model";
import { fieldsOf, type NodeId } from "~/map/schema";
import { meets } from "~/map/spatial";
import { plainChips } from "~/pages/session/link/chips";
import { heldNode, standpoint } from "~/pages/session/render/anchor";
import { Camera, type Place, type Point } from "~/pages/session/render/camera";
import { CloseUp } from "~/pages/session/render/closeUp";
import { type Hit, hitAt } from "~/pages/session/render/hit";
import { TextMeasure } from "~/pages/session/render/measure";
import { MIN_ZOOM } from "~/pages/session/render/metrics";
import type { NodeWords } from "~/pages/session/render/nodeElement";
import type { Cards } from "~/pages/session/render/overview";
import { Painter } from "~/pages/session/render/painter";
import { type Palette, readPalette, watchTheme } from "~/pages/session/render/palette";
import { type ChipSource, Scene } from "~/pages/session/render/scene";
import { Selection } from "~/pages/session/render/selection";
import { Stage } from "~/pages/session/render/stage";
import type { ViewState } from "~/pages/session/render/viewState";

/** What a map view is made of. */
export interface MapViewOptions {
  readonly model: MapModel;
  readonly words: NodeWords;
  readonly folded: Iterable<NodeId>;
  /** Told after folding changed, to remember it. */
  readonly onFold: (folded: ReadonlySet<NodeId>) => void;
  /** Where the window first stands; without it, over the whole map or its middle. */
  readonly place?: Place | null;
}

/** Free space around a node that is brought into view, and around the whole map. */
const REVEAL = 56;
const FIT = 64;
/** What was as near as this to the window before it changed its size, was looked at. */
const SEEN = 400;

/** The map's window. */
export class MapView {
  readonly camera = new Camera();
  readonly scene: Scene;
  readonly selection: Selection;
  readonly stage: Stage;
  palette: Palette;
  /** Drawn after the nodes of each frame: presence, drags. */
  readonly overlays: (() => void)[] = [];
  private readonly painter: Painter;
  private readonly closeUp = new CloseUp();
  private readonly listeners = new Set<() => void>();
  private readonly stopTheme: () => void;
  private state: ViewState = { active: null, selected: [], editing: null, zoom: 1, moving: null };
  private held: NodeId | null = null;
  /** Where the caret stands on the screen, once there is one. */
  private caret: (() => DOMRect | undefined) | null = null;
  private revealing: NodeId | null = null;
  /** The active node's ancestors: where the selection goes when somebody deletes it. */
  private ancestors: NodeId[] = [];
  private placed = false;

  constructor(
    host: HTMLElement,
    tree: HTMLElement,
    private readonly options: MapViewOptions,
  ) {
    this.stage = new Stage(
      host,
      tree,
      this.camera,
      (now) => this.frame(now),
      () => this.resized(),
    );
    this.palette = readPalette(host);
    this.scene = new Scene({
      model: options.model,
      measure: new TextMeasure(this.palette.family),
      folded: options.folded,
      kindLabel: (kind) => options.words.kind(kind),
      emptyLabel: options.words.empty,
      chips: plainChips((count) => options.words.links(count)),
      changed: () => this.invalidate(),
    });
    this.selection = new Selection(() => this.selectionChanged());
    this.painter = new Painter(this.stage, options.words);
    this.stopTheme = watchTheme(() => {
      this.palette = readPalette(host);
      this.invalidate();
    });
    this.invalidate();
  }

  /** Takes the map out of the page. */
  destroy(): void {
    this.stopTheme();
    this.scene.destroy();
    this.stage.destroy();
    this.listeners.clear();
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** For `useSyncExternalStore`. */
  readonly getState = (): ViewState => this.state;

  /** Asks for a frame. */
  invalidate(): void {
    this.stage.invalidate();
  }

  /** How many node elements stand in the page. */
  get drawnNodes(): number {
    return this.painter.nodes.size;
  }

  /** The names of an overview, as the last frame showed them. */
  get cards(): Cards {
    return this.painter.cards;
  }

  /** The element of a node, while it is drawn. */
  element(id: NodeId): HTMLElement | undefined {
    return this.painter.nodes.element(id);
  }

  /** Selects one node, and brings it into view. */
  select(id: NodeId | null, reveal = true): void {
    this.selection.only(id);
    if (id !== null && reveal) this.reveal(id);
  }

  /** Brings a node into view at the next frame, unfolding what hides it. */
  reveal(id: NodeId): void {
    this.scene.unfoldTo(id);
    this.revealing = id;
    this.invalidate();
  }

  /** Unfolds, selects and centres a node: a search hit, a link from elsewhere. */
  jumpTo(id: NodeId): void {
    this.scene.unfoldTo(id);
    this.scene.settle();
    this.selection.only(id);
    const box = this.scene.layout.box(id);
    if (box) {
      const zoom = Math.max(this.camera.goal().zoom, 0.8);
      this.go({ x: box.x + box.width / 2, y: box.y + box.height / 2, zoom });
    }
  }

  /** Selects a node and shows the whole of its text, for as long as it is active. */
  showWhole(id: NodeId): void {
    this.select(id);
    this.scene.showWhole(id);
  }

  /** Starts editing a node's text. Texts must be readable for that, so it zooms in if need be. */
  edit(id: NodeId, fresh = false): void {
    const from = this.selection.active;
    this.closeUp.begin(this.camera);
    this.scene.unfoldTo(id);
    this.settle();
    this.selection.only(id);
    this.scene.showWhole(id);
    this.settle();
    this.reveal(id);
    // The editor must have its place before it can take the focus and the key that opened it.
    this.painter.placeEditor(this.scene, id);
    this.caret = null;
    this.setState({ editing: { id, fresh, from } });
  }

  /** Keeps the caret in view: `caret` tells the next frame where it stands on the screen. */
  followCaret(caret: () => DOMRect | undefined): void {
    this.caret = caret;
    this.revealing = this.state.editing?.id ?? this.revealing;
    this.invalidate();
  }

  /** Ends editing and gives the keys back to the map. */
  endEdit(): void {
    if (this.state.editing) {
      this.setState({ editing: null });
      const back = this.closeUp.end();
      if (back) {
        this.go(back);
        this.revealing ??= this.selection.active;
      }
      this.stage.tree.focus({ preventScroll: true });
    }
  }

  /** Waits for a tap on a new parent for these nodes, or stops waiting. */
  setMoving(ids: readonly NodeId[] | null): void {
    this.setState({ moving: ids });
  }

  /** Keeps a node where it is on the screen through what changes before the next frame. */
  hold(id: NodeId | null): void {
    this.held = id;
  }

  /** Where one stands: what is active, and what is held through the change that is on. */
  standing(): { active: NodeId | null; held: NodeId | null } {
    return { active: this.selection.active, held: this.held };
  }

  /** Folds or unfolds; what was folded stays where it is on the screen. */
  fold(id: NodeId, folded: boolean): void {
    this.hold(id);
    this.scene.fold(id, folded);
    this.options.onFold(this.scene.folded);
  }

  /** Shows other chips on linked nodes, from the next frame on. */
  showChips(chips: ChipSource): void {
    this.scene.showChips(chips);
  }

  /** Folds every branch below a level, or with Infinity unfolds all. */
  foldToLevel(level: number): void {
    this.scene.foldToLevel(level);
    this.options.onFold(this.scene.folded);
  }

  /** Shows the whole map. */
  fit(): void {
    this.placed = this.camera.width > 1;
    this.scene.settle();
    this.updateMinZoom();
    this.go(this.camera.fitting(this.scene.layout.bounds(), FIT));
  }

  /** Zooms about a point of the window, or about its middle. */
  zoomBy(factor: number, about?: Point): void {
    const middle = { x: this.camera.width / 2, y: this.camera.height / 2 };
    this.updateMinZoom();
    this.go(this.camera.zoomedAbout(about ?? middle, this.camera.goal().zoom * factor));
  }

  /** Says how much of the window's foot something covers: a node is brought into view above it. */
  setCovered(height: number): void {
    this.camera.covered = height;
    if (height > 0) this.revealing ??= this.selection.active;
    this.invalidate();
  }

  /** Zooms at once, as far as fingers or the wheel have turned. */
  zoomNow(about: Point, factor: number): void {
    this.updateMinZoom();
    this.camera.zoomAbout(about, factor);
    this.invalidate();
  }

  /** What lies under a point of the window. */
  hit(point: Point): Hit | null {
    return hitAt(this.scene, this.camera, point, this.cards);
  }

  /** Flies to a place, or jumps there where motion is not wanted. */
  go(place: Place): void {
    const still = window.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
    this.camera.goTo(place, performance.now(), still);
    this.invalidate();
  }

  private frame(now: number): void {
    this.settle();
    if (!this.placed) {
      this.placeFirst();
    }
    if (this.revealing !== null) {
      this.moveToReveal(this.revealing);
      this.revealing = null;
    }
    this.camera.step(now);
    this.painter.paint({
      scene: this.scene,
      camera: this.camera,
      selection: this.selection,
      editing: this.state.editing?.id ?? null,
      palette: this.palette,
    });
    for (const overlay of this.overlays) {
      overlay();
    }
    if (this.camera.zoom !== this.state.zoom) this.setState({ zoom: this.camera.zoom });
    if (this.camera.moving) this.invalidate();
  }

  /** Takes in what changed, with the node that the eye is on held in its place. */
  private settle(): void {
    const { editing } = this.state;
    // Others may move it into a folded branch: that opens, or the next words would go to the branch.
    if (editing) this.scene.unfoldTo(editing.id);
    if (!this.scene.dirty) {
      this.held = null;
      return;
    }
    const { layout } = this.scene;
    const wished = [editing?.id, this.selection.active, ...this.ancestors];
    const held = heldNode(layout, this.camera, this.held, wished);
    const before = held && standpoint(layout, held);
    this.scene.settle();
    const after = held && standpoint(layout, held);
    if (before && after) {
      this.camera.shift(after.x - before.x, after.y - before.y);
    }
    this.held = null;
    this.letGo();
  }

  /** Lets go of nodes that went away under the hands. */
  private letGo(): void {
    const { layout, model } = this.scene;
    const isShown = (id: NodeId): boolean => layout.slots.find(id) !== undefined;
    this.selection.keep(isShown, (id) =>
      model.node(id)
        ? this.scene.shownAncestor(id)
        : (this.ancestors.find((up) => model.node(up) && isShown(up)) ?? null),
    );
    this.noteAncestors();
    const { editing } = this.state;
    if (editing && !isShown(editing.id)) {
      if (!model.node(editing.id) && fieldsOf(model.doc, editing.id)) {
        this.selection.setAdrift();
      }
      this.endEdit();
    }
  }

  private placeFirst(): void {
    if (this.camera.width <= 1) {
      return;
    }
    this.placed = true;
    const first = () => this.camera.first(this.scene.layout.bounds(), FIT);
    this.camera.goTo(this.options.place ?? first(), 0, true);
  }

  /** A panel opened or the phone was turned: the active node must not be lost behind the edge. */
  private resized(): void {
    const { active } = this.selection;
    const box = active === null ? undefined : this.scene.layout.box(active);
    if (box && meets(box, this.camera.view(SEEN))) {
      this.revealing ??= active;
    }
  }

  private moveToReveal(id: NodeId): void {
    const box = this.scene.layout.box(id);
    if (box) {
      this.go(this.camera.revealing(box, REVEAL, this.state.editing ? this.writing() : {}));
    }
  }

  /** What is looked at while one writes: the caret, where the whole node has no place. */
  private writing() {
    // The field may be of another size than its text has by now, and break its lines elsewhere.
    this.painter.placeEditor(this.scene, this.state.editing?.id ?? null);
    const caret = this.caret?.();
    return { least: this.closeUp.least, part: caret && this.stage.inEditor(caret) };
  }

  private updateMinZoom(): void {
    const whole = this.camera.fitting(this.scene.layout.bounds(), FIT);
    this.camera.minZoom = Math.min(MIN_ZOOM, whole.zoom * 0.9);
  }

  private selectionChanged(): void {
    const { active } = this.selection;
    this.scene.letGoOfWhole(active);
    this.noteAncestors();
    this.setState({ active, selected: this.selection.list() });
  }

  private noteAncestors(): void {
    const { active } = this.selection;
    this.ancestors = Array.from(this.scene.model.ancestors(active ?? ""), ({ id }) => id);
  }

  private setState(part: Partial<ViewState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of [...this.listeners]) {
      listener();
    }
    this.invalidate();
  }
}
