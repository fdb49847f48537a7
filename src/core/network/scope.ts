import type { Parameters } from "../blocks/parameters.ts";
import type { DesignNode } from "../design/design.ts";
import type { Fix, ProblemCode, Severity } from "../design/problem.ts";
import type { JsonValue } from "../layers/option.ts";
import type { Composition } from "./composition.ts";
import type { Outlet } from "./template.ts";

/** A group of nodes with what they can see. */
export interface Scope {
  readonly nodes: ReadonlyMap<string, DesignNode>;
  readonly inputs: ReadonlyMap<string, Outlet>;
  /** Node that leaves the group; absent at the top of a design. */
  readonly output: string | undefined;
  /** Where the nodes stand in the file; absent for those of built-in blocks. */
  readonly path: readonly (string | number)[] | undefined;
  readonly isTop: boolean;
  /** Values of the user-defined block that the nodes belong to. */
  readonly parameters: Parameters | undefined;
  /** Names of the user-defined blocks around, outermost first. */
  readonly around: readonly string[];
}

/** A node where it is expanded: with what is wired to it and where its layers go. */
export interface Place {
  readonly node: DesignNode;
  readonly scope: Scope;
  readonly composition: Composition;
  readonly inputs: readonly Outlet[];
}

/** What is wrong with a node; the message goes on after the node's name and a colon. */
export interface Report {
  readonly severity?: Severity;
  readonly code: ProblemCode;
  readonly message: string;
  readonly option?: string | undefined;
  readonly fix?: Fix | undefined;
  readonly detail?: JsonValue | undefined;
}

/** Notes a problem of a node. */
export function report({ node, scope, composition }: Omit<Place, "inputs">, what: Report): void {
  const { severity = "error", code, message, option, detail } = what;
  const path = scope.path && [...scope.path, node.id];
  composition.problems.push({
    severity,
    code,
    subject: node.id,
    part: node.id,
    message,
    path: path && option !== undefined ? [...path, option] : path,
    option,
    // A fix is a command on a node of the design; nodes inside blocks have no command.
    fix: scope.isTop ? what.fix : undefined,
    detail,
  });
}
