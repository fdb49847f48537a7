import { useMemo } from "react";
import type { Option } from "../../src/core/layers/option.ts";
import type { CatalogEntry } from "../catalog/catalog.ts";
import { Glyph } from "../catalog/Glyph.tsx";
import { formatOption } from "../inspector/optionText.ts";
import { MiniatureView } from "../miniature/MiniatureView.tsx";
import { useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { blockMiniature } from "./blockMiniature.ts";
import { pictureSize } from "./drawings.tsx";
import { formulas } from "./formulas.ts";
import { pictureOf } from "./pictures.tsx";

interface EntryProps {
  readonly entry: CatalogEntry;
}

function BlockPicture({ entry }: EntryProps) {
  const own = useAppState((state) => state.drawn.parsed.design.blocks);
  const drawn = useMemo(() => blockMiniature(entry, own), [entry, own]);
  return drawn === undefined ? null : <MiniatureView size={pictureSize} miniature={drawn} />;
}

function Picture({ entry }: EntryProps) {
  if (entry.category === "block") {
    return <BlockPicture entry={entry} />;
  }
  const { width, height } = pictureSize;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      {pictureOf(entry.type, entry.category)}
    </svg>
  );
}

function Formulas({ entry }: EntryProps) {
  const lines = formulas[entry.type] ?? [];
  return lines.length === 0 ? null : (
    <dl className="help-formulas">
      {lines.map(({ of, formula }) => (
        <div key={`${of} ${formula}`}>
          <dt>{t(of)}</dt>
          <dd>{formula}</dd>
        </div>
      ))}
    </dl>
  );
}

const defaultOf = (option: Option): string =>
  option.default === undefined ? t("required") : formatOption(option.default) || "–";

function Options({ entry }: EntryProps) {
  const shown = Object.entries(entry.options).filter(([, { isAdvanced }]) => isAdvanced !== true);
  return (
    <table className="help-options">
      <thead className="visually-hidden">
        <tr>
          <th>{t("Option")}</th>
          <th>{t("Default")}</th>
          <th>{t("Meaning")}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(([name, option]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{defaultOf(option)}</td>
            <td>{t(option.description)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a layer or block does: a sentence, a picture, its formulas, its options with their defaults. */
export function EntryHelp({ entry }: EntryProps) {
  return (
    <>
      <div className="help-title">
        <Glyph category={entry.category} />
        <b>{t(entry.title)}</b>
        <span className="help-type quiet">{entry.type}</span>
      </div>
      <p>{t(entry.summary)}</p>
      <Picture entry={entry} />
      <Formulas entry={entry} />
      <Options entry={entry} />
    </>
  );
}
