import type { ReceptiveField } from "../../../src/core/analysis/analysis.ts";
import { formatPair } from "../../text/format.ts";
import { t } from "../../text/t.ts";

/** A branch that ends at a join, and its window. */
export interface Branch {
  readonly id: string;
  readonly field: ReceptiveField;
}

const looksAt = ({ center, stride }: ReceptiveField): string => [...center, ...stride].join();

/** Branches that look elsewhere than the one with the largest window. */
export function otherBranches(branches: readonly Branch[]): readonly Branch[] {
  const largest = branches.reduce<Branch | undefined>(
    (one, other) => (one === undefined || other.field.size[0] > one.field.size[0] ? other : one),
    undefined,
  );
  return largest === undefined
    ? []
    : branches.filter(({ field }) => looksAt(field) !== looksAt(largest.field));
}

/** The windows that are joined here, with a mark on those that look at another place of the image. */
export function BranchFields({ branches }: { readonly branches: readonly Branch[] }) {
  const others = new Set(otherBranches(branches));
  return (
    <>
      <p className="is-warning">{t("These branches look at different places of the image:")}</p>
      <table className="branch-fields">
        <thead>
          <tr>
            <th scope="col">{t("branch")}</th>
            <th scope="col">{t("window")}</th>
            <th scope="col">{t("stride")}</th>
            <th scope="col">{t("first centre")}</th>
          </tr>
        </thead>
        <tbody>
          {branches.map((branch) => (
            <tr key={branch.id} className={others.has(branch) ? "is-other" : ""}>
              <th scope="row">
                {others.has(branch) ? "≠ " : ""}
                {branch.id}
              </th>
              <td>{formatPair(branch.field.size)}</td>
              <td>{formatPair(branch.field.stride)}</td>
              <td>{branch.field.center.join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
