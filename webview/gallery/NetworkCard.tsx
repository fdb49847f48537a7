import type { ZooNetwork } from "../../src/core/zoo/zooNetwork.ts";
import { MiniatureView } from "../miniature/MiniatureView.tsx";
import { formatCount } from "../text/format.ts";
import { t } from "../text/t.ts";
import { knownPreview, previewSize } from "./previews.ts";

interface NetworkCardProps {
  readonly network: ZooNetwork;
  readonly isChosen: boolean;
  readonly isTabStop: boolean;
  readonly onChoose: () => void;
  readonly onOpen: () => void;
}

/** `16.4 % error`, with how it was measured in the tooltip. */
export const errorWords = ({ error }: ZooNetwork): string =>
  error === undefined ? "" : t("{0} % error, {1}", error.percent, t(error.measure));

/** A published network in the gallery: its form, and what it costs. */
export function NetworkCard(props: NetworkCardProps) {
  const { network, isChosen, isTabStop, onChoose, onOpen } = props;
  const { id, name, year, depth, error } = network;
  const preview = knownPreview(id);
  return (
    <button
      type="button"
      className={isChosen ? "network-card is-chosen" : "network-card"}
      aria-current={isChosen}
      tabIndex={isTabStop ? 0 : -1}
      data-network={id}
      data-testid={`network-${id}`}
      onFocus={onChoose}
      onClick={onChoose}
      onDoubleClick={onOpen}
    >
      <span className="network-picture">
        {preview !== undefined && (
          <MiniatureView size={previewSize} miniature={preview.miniature} />
        )}
      </span>
      <b>{name}</b>
      <span className="quiet">{t("{0}, {1} layers", year, depth)}</span>
      <span className="network-figures">
        {preview === undefined
          ? "…"
          : `${t("{0} parameters", formatCount(preview.parameters))}, ${t("{0} MACs", formatCount(preview.macs))}`}
      </span>
      <span className="network-error" title={error === undefined ? undefined : t(error.setting)}>
        {errorWords(network)}
      </span>
    </button>
  );
}
