import { ilsvrc } from "../../src/core/zoo/ilsvrc.ts";
import { t } from "../text/t.ts";

const most = Math.max(...ilsvrc.map(({ error }) => error));

/** How the error on ImageNet fell from year to year; what is in the gallery is a button that leads to it. */
export function ErrorByYear({ onChoose }: { readonly onChoose: (id: string) => void }) {
  return (
    <section className="error-by-year" aria-label={t("ILSVRC error by year")}>
      <h2>{t("ILSVRC error by year")}</h2>
      <ol>
        {ilsvrc.map(({ year, name, error, depth, id }) => (
          <li key={name}>
            <b>{error} %</b>
            <span className="error-bar" style={{ height: `${(error / most) * 44}px` }} />
            {id === undefined ? (
              <span>{name}</span>
            ) : (
              <button type="button" className="link-button" onClick={() => onChoose(id)}>
                {name}
              </button>
            )}
            <span className="quiet">
              {depth === undefined ? year : t("{0}, {1} layers", year, depth)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
