import { memo, useMemo, type ReactNode } from "react";
import { IconButton } from "../app/IconButton.tsx";
import { connectableTo } from "../canvas/connection.ts";
import { connectNodes } from "../canvas/useWiring.ts";
import { catalogEntry } from "../catalog/catalog.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { useUnhurried } from "../state/useUnhurried.ts";
import { formatTightShape } from "../text/format.ts";
import { t } from "../text/t.ts";

interface NodeLinkProps {
  readonly node: string;
  readonly children?: ReactNode;
}

function NodeLink({ node, children }: NodeLinkProps) {
  const application = useApplication();
  const shape = useAppState((state) => state.drawn.analysis.nodes.get(node)?.outputShape);
  const isKnown = useAppState((state) => state.drawn.parsed.design.nodes.has(node));
  const show = (): void => {
    application.select([node]);
    application.canvasActions.emit("reveal");
  };
  return (
    <li>
      {isKnown ? (
        <button type="button" className="link-button" onClick={show}>
          {node}
        </button>
      ) : (
        <span className="is-error">{node}</span>
      )}
      {shape !== undefined && <span className="quiet">{formatTightShape(shape)}</span>}
      {children}
    </li>
  );
}

interface ConnectChoiceProps {
  readonly node: string;
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

function ConnectChoice({ node, maximum }: ConnectChoiceProps) {
  const application = useApplication();
  // Hundreds of choices are worked out after what a person waits for has been drawn.
  const design = useUnhurried(useAppState((state) => state.drawn)).parsed.design;
  const hasRoom = (design.nodes.get(node)?.from.length ?? 0) < maximum;
  const possible = useMemo(() => connectableTo(design, node), [design, node]);
  return possible.length === 0 ? null : (
    <select
      className="field"
      aria-label={t("Connect an input to {0}", node)}
      value=""
      onChange={({ target }) => connectNodes(application, target.value, node)}
    >
      <option value="">{hasRoom ? t("Connect an input") : t("Replace the input")}</option>
      <Choices names={possible.join("\n")} />
    </select>
  );
}

/** What feeds a node and what reads it, as links; wires can be drawn and cut here without a pointer. */
export function Wires({ node }: { readonly node: string }) {
  const application = useApplication();
  const design = useAppState((state) => state.drawn.parsed.design);
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  const source = design.nodes.get(node);
  const readers = [...design.nodes.values()].filter(({ from }) => from.includes(node));
  const maximum = catalogEntry(source?.type ?? "", design.blocks)?.inputs.maximum ?? 1;
  const disconnect = (from: string, index: number): void => {
    application.edit({ type: "disconnect", from, to: { node, index } });
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
              <NodeLink key={`${from} ${index}`} node={from}>
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
          {isEditable && <ConnectChoice node={node} maximum={maximum} />}
        </div>
      )}
      <div>
        <h3>{t("Outputs")}</h3>
        {readers.length === 0 ? (
          <p className="quiet">{t("nothing reads it")}</p>
        ) : (
          <ul>
            {readers.map(({ id }) => (
              <NodeLink key={id} node={id} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
