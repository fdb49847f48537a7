import { useEffect, useId, useMemo, useRef, useState, type SubmitEvent } from "react";
import type { EditCommand } from "../../src/core/design/command.ts";
import { applyCommand } from "../../src/core/design/edit.ts";
import type { Design } from "../../src/core/design/design.ts";
import { findParameters } from "../../src/core/design/grouping/findParameters.ts";
import { type BlockPlan, planBlock } from "../../src/core/design/grouping/planBlock.ts";
import { repeatedPart } from "../../src/core/design/grouping/repeatedPart.ts";
import { quoteValue } from "../../src/core/design/words.ts";
import { Dialog } from "../app/Dialog.tsx";
import { focusCard } from "../canvas/focusCard.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { bringCommands } from "../state/applyRemembering.ts";
import { t } from "../text/t.ts";
import { selectedNodes } from "./selectedNodes.ts";

bringCommands(applyCommand);

/** Names shown of a place before the rest is left to be thought. */
const MOST_NAMES = 4;

const shorten = (names: readonly string[]): string =>
  names.length > MOST_NAMES
    ? `${names.slice(0, MOST_NAMES - 1).join(", ")} … ${names.at(-1)}`
    : names.join(", ");

/** What the selection would be as a block; nothing where it cannot be one any more. */
function usePlan(nodes: readonly string[]): BlockPlan | undefined {
  const design = useAppState((state) => state.drawn.parsed.design);
  return useMemo(() => {
    const planned = planBlock(design, nodes);
    return planned.type === "plan" ? planned.plan : undefined;
  }, [design, nodes]);
}

function ParameterTable({ design, plan }: { readonly design: Design; readonly plan: BlockPlan }) {
  const { parameters } = findParameters(design, plan);
  if (parameters.length === 0) {
    return <p className="quiet">{t("All places are equal, so the block needs no parameters.")}</p>;
  }
  return (
    <table className="block-parameters">
      <thead>
        <tr>
          <th scope="col">{t("Parameter")}</th>
          <th scope="col">{t("Value in each place; the first is the default")}</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map(({ name, values }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{values.map(quoteValue).join(", ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Others({ plan }: { readonly plan: BlockPlan }) {
  const [, ...others] = plan.occurrences;
  return (
    <ul className="block-places">
      {others.map(({ nodes, output }) => (
        <li key={output}>{shorten([...nodes.values()])}</li>
      ))}
    </ul>
  );
}

/** Asks for the name of the block that the selection becomes, and whether equal places become it too. */
export function NewBlock() {
  const application = useApplication();
  const design = useAppState((state) => state.drawn.parsed.design);
  const text = useAppState((state) => state.shown.parsed.text);
  // What was selected when the window opened; the canvas behind it cannot be reached.
  const [selected] = useState(() => selectedNodes(application.store.get()));
  const [isInParts, setInParts] = useState(true);
  const part = useMemo(() => repeatedPart(design, selected), [design, selected]);
  const nodes = part !== undefined && isInParts ? part.nodes : selected;
  const [name, setName] = useState("");
  const [withOthers, setWithOthers] = useState(true);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const plan = usePlan(nodes);
  useEffect(() => field.current?.focus(), []);
  if (plan === undefined) {
    return null;
  }
  const [own, ...others] = plan.occurrences;
  const command: EditCommand = { type: "createBlock", nodes, name, withOthers };
  const trial = name.trim() === "" ? undefined : applyCommand(text, command);
  const fault = trial?.type === "refused" ? trial.message : undefined;
  const create = (event: SubmitEvent): void => {
    event.preventDefault();
    if (trial === undefined || fault !== undefined) {
      field.current?.focus();
      return;
    }
    const outcome = application.edit(command);
    application.closeDialog();
    if (outcome.type === "done" && outcome.created !== undefined) {
      application.select([outcome.created]);
      application.canvasActions.emit("reveal");
      focusCard(outcome.created);
      application.say(t("Block {0} created.", name.trim()));
    }
  };
  return (
    <Dialog title={t("New Block")} className="new-block" testId="new-block">
      <form onSubmit={create} noValidate>
        <p>
          {t("{0} become one block; undo takes it back.", shorten([...own.nodes.keys()]))}{" "}
          {t("In: {0}. Out: {1}.", own.inputs.join(", "), own.output)}
        </p>
        <label htmlFor={id}>{t("Name")}</label>
        <input
          ref={field}
          id={id}
          value={name}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-fault`}
          onChange={(event) => setName(event.target.value)}
        />
        <p id={`${id}-fault`} className="field-fault" role="status">
          {fault}
        </p>
        {part !== undefined && (
          <label className="check">
            <input
              type="checkbox"
              checked={isInParts}
              onChange={(event) => setInParts(event.target.checked)}
            />
            {t("The selection is {0} times the same: make the block of one part", part.count)}
          </label>
        )}
        {others.length > 0 && (
          <fieldset>
            <label className="check">
              <input
                type="checkbox"
                checked={withOthers}
                onChange={(event) => setWithOthers(event.target.checked)}
              />
              {others.length === 1
                ? t("Use the block in 1 equal place too")
                : t("Use the block in {0} equal places too", others.length)}
            </label>
            <Others plan={plan} />
            {withOthers && <ParameterTable design={design} plan={plan} />}
          </fieldset>
        )}
        <div className="dialog-actions">
          <button type="submit" className="button" disabled={trial === undefined}>
            {t("Create Block")}
          </button>
          <button
            type="button"
            className="button secondary"
            onClick={() => application.closeDialog()}
          >
            {t("Cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
