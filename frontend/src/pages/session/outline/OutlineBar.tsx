import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Menu, MenuItem } from "~/components/Menu";
import { ROOT } from "~/map/schema";
import type { Command } from "~/pages/session/keys/table";
import type { Point } from "~/pages/session/render/camera";
import { EditBar, ToolButton, VoteBar } from "~/pages/session/ToolBar";
import { handsOf, type OutlineContext, run } from "./actions";

interface OutlineBarProps {
  context: OutlineContext;
  /** Opens the menu of the active row over a point of the page. */
  onMore: (point: Point) => void;
}

/** The bar of the outline: as the map's, but that rows move by steps. */
export function OutlineBar({ context, onMore }: OutlineBarProps) {
  const { outline, room, gate } = context;
  if (gate.voting()) return <VoteBar onVote={(by) => gate.vote(outline.active, by)} />;
  const go = (command: Command) => {
    outline.endEdit("keep");
    run(command, context);
  };
  return (
    <EditBar
      hands={handsOf(context)}
      undo={room.undo}
      run={go}
      move={<MoveMenu context={context} go={go} />}
      onMore={onMore}
    />
  );
}

interface MoveMenuProps {
  context: OutlineContext;
  go: (command: Command) => void;
}

function MoveMenu({ context, go }: MoveMenuProps) {
  const { t } = useTranslation();
  const { active } = context.outline;
  const reason = context.gate.reason("moveUp", { ids: [active] });
  if (active === ROOT || reason !== null) {
    return <ToolButton tool="move" disabled={active === ROOT} reason={reason} />;
  }
  return (
    <Menu trigger={<ToolButton tool="move" />} align="start">
      <MenuItem icon={ArrowUp} onSelect={() => go("moveUp")}>
        {t("outline.moveUp")}
      </MenuItem>
      <MenuItem icon={ArrowDown} onSelect={() => go("moveDown")}>
        {t("outline.moveDown")}
      </MenuItem>
      <MenuItem icon={ArrowRight} onSelect={() => go("moveRight")}>
        {t("outline.moveIn")}
      </MenuItem>
      <MenuItem icon={ArrowLeft} onSelect={() => go("moveLeft")}>
        {t("outline.moveOut")}
      </MenuItem>
    </Menu>
  );
}
