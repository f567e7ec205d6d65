import { Check, Trash2 } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "~/components/Avatar";
import { Button } from "~/components/Button";
import { classes } from "~/components/classes";
import { TextArea } from "~/components/Field";
import { DOT, formatRelative } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import { addComment, removeComment, setCommentDone } from "~/map/commands";
import type { Comment } from "~/map/model";
import { type NodeId, TEXT_LIMIT } from "~/map/schema";
import type { PanelProps } from "~/pages/session/panelProps";
import styles from "./Comments.module.css";
import type { NameOf } from "./useNames";

interface CommentsProps extends Pick<PanelProps, "room" | "author" | "canEdit"> {
  node: NodeId;
  nameOf: NameOf;
  /** The own pseudonym, where it is known: the initials are one's own, also beside "you". */
  ownName?: string | undefined;
  /** Whether comments of this participant's may be changed and deleted. */
  mayChange: (by: string) => boolean;
}

/** What has been said about a node: read, answer, mark as done. */
export function Comments(props: CommentsProps) {
  const { room, author, canEdit, node, nameOf, ownName, mayChange } = props;
  const { t } = useTranslation();
  const id = useId();
  const comments = room.model.commentsOn(node);
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={styles.heading}>
        {t("outline.panel.comments")}
        {comments.length > 0 && <span className={styles.count}>{comments.length}</span>}
      </h3>
      {comments.length > 0 && (
        <ul className={styles.list}>
          {comments.map((comment) => (
            <CommentItem
              key={comment.id}
              comment={comment}
              name={nameOf(comment.by)}
              initials={comment.by === author.id ? ownName : undefined}
              own={comment.by === author.id}
              changeable={canEdit && mayChange(comment.by)}
              onDone={(done) => setCommentDone(room.doc, comment.id, done)}
              onRemove={() => removeComment(room.doc, comment.id)}
            />
          ))}
        </ul>
      )}
      {canEdit && (
        <NewComment node={node} onAdd={(text) => addComment(room.doc, author, node, text)} />
      )}
      {!canEdit && (
        <p className={styles.none}>
          {comments.length === 0 && `${t("outline.panel.noComments")} `}
          {t("outline.panel.mayNotComment")}
        </p>
      )}
    </section>
  );
}

interface CommentItemProps {
  comment: Comment;
  name: string;
  /** The name that the initials are of, where it is another. */
  initials: string | undefined;
  own: boolean;
  changeable: boolean;
  onDone: (done: boolean) => void;
  onRemove: () => void;
}

function CommentItem(props: CommentItemProps) {
  const { comment, name, own, changeable, onDone, onRemove } = props;
  const { t } = useTranslation();
  const { text, at, done } = comment;
  return (
    <li className={classes(styles.comment, done && styles.done)}>
      <Avatar id={comment.by} name={props.initials ?? name} size="s" />
      <div className={styles.body}>
        <p className={styles.meta}>
          <strong dir="auto">{name}</strong>
          {DOT}
          {formatRelative(at)}
          {done && `${DOT}${t("outline.panel.done")}`}
        </p>
        <p className={styles.text} dir="auto">
          {text}
        </p>
      </div>
      {changeable && (
        <div className={styles.actions}>
          <IconButton
            icon={Trash2}
            label={t(own ? "outline.panel.removeComment" : "outline.panel.removeAnyComment")}
            size="s"
            onClick={onRemove}
          />
          <IconButton
            icon={Check}
            label={t("outline.panel.markDone")}
            pressed={done}
            size="s"
            onClick={() => onDone(!done)}
          />
        </div>
      )}
    </li>
  );
}

/** What was begun and not added: a look at another node must not cost it. */
const drafts = new Map<NodeId, string>();

function NewComment({ node, onAdd }: { node: NodeId; onAdd: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => drafts.get(node) ?? "");
  const empty = text.trim() === "";
  const write = (next: string) => {
    if (next === "") drafts.delete(node);
    else drafts.set(node, next);
    setText(next);
  };
  const add = () => {
    if (empty) return;
    onAdd(text.trim());
    write("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) add();
  };
  return (
    <form className={styles.new} onSubmit={submit}>
      <TextArea
        label={t("outline.panel.newComment")}
        hideLabel
        placeholder={t("outline.panel.newComment")}
        rows={2}
        maxLength={TEXT_LIMIT}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {!empty && (
        <Button type="submit" size="s" variant="primary">
          {t("outline.panel.addComment")}
        </Button>
      )}
    </form>
  );
}
