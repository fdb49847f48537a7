import { Toolbar } from "../accessibility/Toolbar.tsx";
import { IconButton } from "../app/IconButton.tsx";
import { useApplication } from "../state/context.ts";
import type { TableView } from "../state/tableView.ts";
import { t } from "../text/t.ts";

interface ToolsProps {
  readonly view: TableView;
  /** Ids of all blocks. */
  readonly blocks: readonly string[];
  readonly filter: string;
  /** Rows that are seen. */
  readonly count: number;
  readonly onFilter: (filter: string) => void;
  readonly onChange: (change: Partial<TableView>) => void;
}

/** The filter of the table and what can be done with all of it. */
export function TableTools({ view, blocks, filter, count, onFilter, onChange }: ToolsProps) {
  const application = useApplication();
  return (
    <div className="table-tools">
      <input
        type="search"
        className="field"
        aria-label={t("Filter layers")}
        placeholder={t("Filter by name, type, option or shape")}
        value={filter}
        data-testid="table-filter"
        onChange={({ target }) => onFilter(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && filter !== "") {
            event.stopPropagation();
            onFilter("");
          }
        }}
      />
      <span className="quiet" role="status">
        {count === 1 ? t("1 row") : t("{0} rows", count)}
      </span>
      <span className="spacer" />
      <Toolbar label={t("Layers")}>
        <IconButton
          icon="list-flat"
          title={t("List Layers Without Blocks")}
          isPressed={view.isFlat}
          testId="table-flat"
          onClick={() => onChange({ isFlat: !view.isFlat })}
        />
        <IconButton
          icon="expand-all"
          title={t("Expand All")}
          isDisabled={view.isFlat || blocks.length === 0}
          tabIndex={-1}
          testId="table-expand"
          onClick={() => onChange({ open: blocks })}
        />
        <IconButton
          icon="collapse-all"
          title={t("Collapse All")}
          isDisabled={view.isFlat || blocks.length === 0}
          tabIndex={-1}
          onClick={() => onChange({ open: [] })}
        />
        <IconButton
          icon="copy"
          title={t("Copy as Markdown")}
          tabIndex={-1}
          testId="table-copy"
          onClick={() =>
            application.send({ type: "exportLayerTable", form: "markdown", to: "clipboard" })
          }
        />
        <IconButton
          icon="save-as"
          title={t("Save as CSV...")}
          tabIndex={-1}
          testId="table-save"
          onClick={() => application.send({ type: "exportLayerTable", form: "csv", to: "file" })}
        />
        <IconButton
          icon="close"
          title={t("Close")}
          tabIndex={-1}
          onClick={() => application.setView({ hasTable: false })}
        />
      </Toolbar>
    </div>
  );
}
