import { blockDefinition } from "../../src/core/blocks/blocks.ts";
import { writtenPart } from "../../src/core/design/writtenPart.ts";
import { catalogEntry } from "../catalog/catalog.ts";
import { makeOwnBlock } from "../canvas/offerOwn.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";

/** Says what a part of a built-in block follows from, and offers to make the block one of the file. */
export function MadeByBlock({ path }: { readonly path: string }) {
  const application = useApplication();
  const design = useAppState((state) => state.drawn.parsed.design);
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  const part = writtenPart(design, path);
  if (part === undefined || blockDefinition(part.node.type) === undefined) {
    return null;
  }
  const owner = part.path;
  return (
    <p className="definition-note" data-testid="made-by-block">
      {t(
        "It follows from the options of {0} ({1}).",
        owner,
        t(catalogEntry(part.node.type)?.title ?? part.node.type),
      )}{" "}
      {isEditable && part.block === undefined && (
        <button
          type="button"
          className="link-button"
          title={t("Turns {0} into a block of this file whose inside can be edited", owner)}
          onClick={() => void makeOwnBlock(application, owner)}
        >
          {t("Make It My Own")}
        </button>
      )}
    </p>
  );
}
