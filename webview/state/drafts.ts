import { writtenPart } from "../../src/core/design/writtenPart.ts";
import type { Design } from "../../src/core/design/design.ts";

/** What was typed into a field and is not in the file yet. */
export interface Draft {
  /** Nodes that the field is about; none where it is about the whole design. */
  readonly nodes: readonly string[];
  /** Name of the field: an option, or `name`. */
  readonly field: string;
  readonly text: string;
  /** What the field showed when the typing began. */
  readonly base: string;
}

/** Where a draft is typed. */
export type DraftPlace = Pick<Draft, "nodes" | "field">;

const isAt = (draft: Draft, { nodes, field }: DraftPlace): boolean =>
  draft.field === field && draft.nodes.join("\n") === nodes.join("\n");

/** What was typed there, if anything. */
export const draftAt = (drafts: readonly Draft[], place: DraftPlace): Draft | undefined =>
  drafts.find((draft) => isAt(draft, place));

/** The drafts with another text in one place; without a text there is none any more. */
export function withDraft(
  drafts: readonly Draft[],
  { nodes, field, base }: Omit<Draft, "text">,
  text: string | undefined,
): readonly Draft[] {
  const before = draftAt(drafts, { nodes, field });
  if (before?.text === text) {
    return drafts;
  }
  const others = drafts.filter((draft) => draft !== before);
  return text === undefined
    ? others
    : [...others, { nodes, field, text, base: before?.base ?? base }];
}

/** The drafts under the names that nodes have now. */
export const renameInDrafts = (
  drafts: readonly Draft[],
  renamed: (node: string) => string,
): readonly Draft[] =>
  drafts.map((draft) => ({ ...draft, nodes: draft.nodes.map((node) => renamed(node)) }));

/** Parts drafts that still have their field from those whose node is gone or of another type. */
export function partDrafts(
  drafts: readonly Draft[],
  before: Design,
  after: Design,
): { readonly kept: readonly Draft[]; readonly lost: readonly Draft[] } {
  const typeIn = (design: Design, path: string): string | undefined =>
    writtenPart(design, path)?.node.type;
  const isThere = (path: string): boolean => typeIn(after, path) !== undefined;
  const isSame = (path: string): boolean => {
    const [old, fresh] = [typeIn(before, path), typeIn(after, path)];
    return fresh !== undefined && (old === undefined || old === fresh);
  };
  const hasField = ({ nodes, field }: Draft): boolean =>
    field === "name" ? nodes.every(isThere) : nodes.every(isSame);
  return {
    kept: drafts.every(hasField) ? drafts : drafts.filter(hasField),
    lost: drafts.filter((draft) => !hasField(draft)),
  };
}
