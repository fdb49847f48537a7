import { memo, useMemo, type ReactNode } from "react";
import { IconButton } from "../app/IconButton.tsx";
import { blockTree } from "../canvas/blockTree.ts";
import { connectableTo } from "../canvas/connection.ts";
import { connectNodes } from "../canvas/useWiring.ts";
import { type Definition, inDefinition } from "../canvas/definition.ts";
import { catalogEntry } from "../catalog/catalog.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { useUnhurried } from "../state/useUnhurried.ts";
import { formatTightShape } from "../text/format.ts";
import { t } from "../text/t.ts";

interface NodeLinkProps {
  readonly node: string;
  /** Where the node is one of a definition. */
  readonly definition: Definition | undefined;
  readonly children?: ReactNode;
}

function NodeLink({ node, definition, children }: NodeLinkProps) {
  const application = useApplication();
  const path = definition === undefined ? node : `${definition.around}/${node}`;
  const { analysis, parsed, network } = useUnhurried();
  const shape = (analysis.nodes.get(path) ?? analysis.layerById.get(path))?.outputShape;
  const isKnown =
    definition === undefined
      ? parsed.design.nodes.has(node)
      : network.byId.has(path) || blockTree(network).groups.has(path);
  const show = (): void => {
    application.select([path]);
    application.canvasActions.emit("reveal");
  };
  return (
    <li>
      {isKnown ? (
        <button type="button" className="link-button" onClick={show}>
          {node}
        </button>
      ) : (
        <span className={definition?.design.nodes.has(node) === true ? "" : "is-error"}>
          {node}
        </span>
      )}
      {shape !== undefined && <span className="quiet">{formatTightShape(shape)}</span>}
      {children}
    </li>
  );
}

interface ConnectChoiceProps {
  readonly node: string;
  readonly definition: Definition | undefined;
  /** How many wires the node takes. */
  readonly maximum: number;
}

/** The names as one string, so that equal choices are drawn once. */
const Choices = memo(({ names }: { readonly names: string }) =>
  names.split("\n").map((id) => (
    <option key={id} value={id}>
      {id}
    </option>
  )),
);

function ConnectChoice({ node, definition, maximum }: ConnectChoiceProps) {
  const application = useApplication();
  // Hundreds of choices are worked out after what a person waits for has been drawn.
  const whole = useUnhurried().parsed.design;
  const design = definition?.design ?? whole;
  const hasRoom = (design.nodes.get(node)?.from.length ?? 0) < maximum;
  const possible = useMemo(() => connectableTo(design, node), [design, node]);
  return possible.length === 0 ? null : (
    <select
      className="field"
      aria-label={t("Connect an input to {0}", node)}
      value=""
      onChange={({ target }) => connectNodes(application, target.value, node, definition)}
    >
      <option value="">{hasRoom ? t("Connect an input") : t("Replace the input")}</option>
      <Choices names={possible.join("\n")} />
    </select>
  );
}

interface WiresProps {
  readonly node: string;
  /** The definition that the node is one of; absent for a node of the design. */
  readonly definition?: Definition;
}

/** What feeds a node and what reads it, as links; wires can be drawn and cut here without a pointer. */
export function Wires({ node, definition }: WiresProps) {
  const application = useApplication();
  const whole = useUnhurried().parsed.design;
  const design = definition?.design ?? whole;
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  const source = design.nodes.get(node);
  const readers = [...design.nodes.values()].filter(({ from }) => from.includes(node));
  const maximum = catalogEntry(source?.type ?? "", design.blocks)?.inputs.maximum ?? 1;
  const disconnect = (from: string, index: number): void => {
    const command = { type: "disconnect", from, to: { node, index } } as const;
    application.edit(definition === undefined ? command : inDefinition(definition.block, command));
  };
  return (
    <section className="wires" aria-label={t("Wires")}>
      {maximum > 0 && (
        <div>
          <h3>{t("Inputs")}</h3>
          <ul>
            {(source?.from ?? []).map((from, index) => (
              // A node may feed another twice, so the place is part of the wire's name.
              // oxlint-disable-next-line react/no-array-index-key
              <NodeLink key={`${from} ${index}`} node={from} definition={definition}>
                {isEditable && (
                  <IconButton
                    icon="close"
                    title={t("Remove the wire from {0}", from)}
                    onClick={() => disconnect(from, index)}
                  />
                )}
              </NodeLink>
            ))}
          </ul>
          {isEditable && <ConnectChoice node={node} definition={definition} maximum={maximum} />}
        </div>
      )}
      <div>
        <h3>{t("Outputs")}</h3>
        {readers.length === 0 ? (
          <p className="quiet">{t("nothing reads it")}</p>
        ) : (
          <ul>
            {readers.map(({ id }) => (
              <NodeLink key={id} node={id} definition={definition} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
