/**
 * Draws one frame: the world where the camera looks, elements for the nodes in view, and the canvas.
 */

import type { Box } from "~/map/layout";
import type { NodeId } from "~/map/schema";
import { at } from "~/map/slots";
import { contains } from "~/map/spatial";
import type { Camera } from "~/pages/session/render/camera";
import { drawEdges } from "~/pages/session/render/edges";
import { BAR_ZOOM, rankOf } from "~/pages/session/render/metrics";
import type { NodeWords } from "~/pages/session/render/nodeElement";
import { NodeLayer } from "~/pages/session/render/nodeLayer";
import { type Cards, drawOverview } from "~/pages/session/render/overview";
import type { Palette } from "~/pages/session/render/palette";
import { drawRelations } from "~/pages/session/render/relations";
import type { Scene } from "~/pages/session/render/scene";
import type { Selection } from "~/pages/session/render/selection";
import type { Stage } from "~/pages/session/render/stage";

/** Drawn beyond the window's edges, in pixels, so that a pan shows nodes at once. */
const MARGIN = 220;
const NO_CARDS: Cards = new Map();

/** What a frame shows. */
export interface Picture {
  readonly scene: Scene;
  readonly camera: Camera;
  readonly selection: Selection;
  readonly editing: NodeId | null;
  readonly palette: Palette;
}

/** The hand that draws. */
export class Painter {
  /** The elements of the nodes in view. */
  readonly nodes: NodeLayer;
  /** The names of an overview, as the last frame showed them. */
  cards: Cards = NO_CARDS;
  private drawn: { view: Box; key: string } | null = null;

  constructor(
    private readonly stage: Stage,
    words: NodeWords,
  ) {
    this.nodes = new NodeLayer(stage.nodes, words);
  }

  /** Draws a frame. */
  paint(picture: Picture): void {
    const { camera, editing } = picture;
    const far = camera.zoom < BAR_ZOOM && editing === null;
    this.stage.setFar(far);
    const origin = this.stage.moveWorld();
    this.paintNodes(picture, far);
    this.placeEditor(picture.scene, editing);
    const context = this.stage.clearCanvas(origin.ratio);
    if (context) {
      this.paintCanvas(context, picture, far, origin);
    }
  }

  private paintNodes({ scene, camera, selection, editing }: Picture, far: boolean): void {
    const key = `${scene.version} ${selection.version} ${editing} ${far}`;
    if (this.drawn?.key === key && (far || contains(this.drawn.view, camera.view()))) {
      return;
    }
    // From far away only what may hold the focus stays in the page.
    const view = far ? { x: 0, y: 0, width: -1, height: -1 } : camera.view(MARGIN);
    this.nodes.draw(scene, view, selection, editing);
    this.drawn = { view, key };
  }

  private paintCanvas(
    context: CanvasRenderingContext2D,
    { scene, camera, selection, palette }: Picture,
    far: boolean,
    origin: { x: number; y: number; ratio: number },
  ): void {
    const { x, y, ratio } = origin;
    const inWindow = () => context.setTransform(ratio, 0, 0, ratio, 0, 0);
    inWindow();
    this.cards = far ? drawOverview(context, scene, camera, palette, selection.ids) : NO_CARDS;
    const scale = camera.zoom * ratio;
    context.setTransform(scale, 0, 0, scale, x * ratio, y * ratio);
    if (!far) {
      drawEdges(context, scene, camera, palette);
    }
    drawRelations(context, scene, camera, palette, far);
    inWindow(); // As overlays draw.
  }

  /** Lays the editor over the edited node, or puts it away. */
  placeEditor(scene: Scene, editing: NodeId | null): void {
    const { editor } = this.stage;
    const slot = editing === null ? undefined : scene.layout.slots.find(editing);
    editor.hidden = slot === undefined;
    if (slot === undefined || editing === null) {
      return;
    }
    const box = scene.layout.boxOf(slot);
    editor.dataset.rank = String(rankOf(at(scene.layout.slots.level, slot)));
    editor.dataset.colour = scene.colourOf(editing) ?? "plain";
    editor.toggleAttribute("data-kind", (scene.model.node(editing)?.kind ?? null) !== null);
    editor.style.transform = `translate(${box.x}px, ${box.y}px)`;
    editor.style.width = `${box.width}px`;
    editor.style.minHeight = `${box.height}px`;
  }
}
