import { IconButton } from "../app/IconButton.tsx";
import { catalogEntry } from "../catalog/catalog.ts";
import { Glyph } from "../catalog/Glyph.tsx";
import { definitionPart, inDefinition, type DefinitionPart } from "../canvas/definition.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { DefinitionNote } from "./DefinitionNote.tsx";
import { GroupCosts } from "./GroupInspector.tsx";
import { LayerCosts } from "./LayerInspector.tsx";
import { OptionList } from "./OptionList.tsx";
import { ProblemList } from "./ProblemList.tsx";
import { TitleField } from "./TitleField.tsx";
import { Wires } from "./Wires.tsx";

interface PartProps {
  readonly path: string;
  readonly part: DefinitionPart;
}

function Header({ path, part }: PartProps) {
  const application = useApplication();
  const { design, block, node } = part;
  const type = design.nodes.get(node)?.type ?? "";
  const entry = catalogEntry(type, design.blocks);
  return (
    <header className="inspector-header">
      <div className="inspector-title">
        <Glyph category={entry?.category} />
        <TitleField
          label={t("Name")}
          nodes={[path]}
          value={node}
          onCommit={(name) => application.rename(path, name)}
        />
        <IconButton
          icon="trash"
          title={t("Delete {0}", node)}
          onClick={() => application.removeSelection()}
        />
      </div>
      <p className="quiet">
        <b>{t(entry?.title ?? type)}</b> {entry === undefined ? "" : t(entry.summary)}
      </p>
      <DefinitionNote block={block} />
    </header>
  );
}

function Options({ path, part: { block, design, node } }: PartProps) {
  const written = design.nodes.get(node);
  const entry = catalogEntry(written?.type ?? "", design.blocks);
  if (written === undefined || entry === undefined || Object.keys(entry.options).length === 0) {
    return null;
  }
  const { options, repeat, repeatExpression = repeat > 1 ? repeat : undefined } = written;
  return (
    <OptionList
      label={t("Options")}
      fields={Object.entries(entry.options).map(([name, option]) => ({
        nodes: [path],
        name,
        option,
        value: name === "repeat" ? repeatExpression : options[name],
        parameters: design.blocks.get(block)?.parameters ?? {},
        commandFor: (value) =>
          inDefinition(block, {
            type: "setOption",
            nodes: [node],
            option: name,
            ...(value === undefined ? {} : { value }),
          }),
      }))}
    />
  );
}

/** A node inside the definition of a block of the file: its name, its options and its wires, to be edited. */
export function DefinitionPartEditor({ path }: { readonly path: string }) {
  const drawn = useAppState((state) => state.drawn);
  const part = definitionPart(drawn, path);
  const problems = drawn.analysis.problems.filter((problem) => problem.part === path);
  return part === undefined ? null : (
    <>
      <Header path={path} part={part} />
      {problems.length > 0 && <ProblemList problems={problems} place={path} />}
      <Options path={path} part={part} />
      {drawn.network.byId.has(path) ? <LayerCosts layer={path} /> : <GroupCosts path={path} />}
      <Wires node={part.node} definition={part} />
    </>
  );
}
