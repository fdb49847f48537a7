import type { JsonValue } from "../layers/option.ts";

/** Position on the canvas in pixels at zoom 1. */
export type Position = readonly [x: number, y: number];

/** A place where a wire ends: the node and which of its inputs, counted from 0. */
export interface InputPort {
  readonly node: string;
  readonly index: number;
}

/** A JSON object as it stands in a file. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** One `"name": { ... }` of a section. */
export interface NamedEntry {
  readonly name: string;
  readonly entry: JsonObject;
}

/**
 * Every change a person can make to a design.
 * Each becomes one minimal edit of the text and one undo step.
 */
export type EditCommand =
  | {
      readonly type: "addNode";
      readonly nodeType: string;
      /** Wanted id; a free one near it is taken when it is in use or absent. */
      readonly id?: string;
      readonly options?: Readonly<Record<string, JsonValue>>;
      readonly from?: readonly string[];
      readonly position?: Position;
      /** Put it on the wire that ends here: it takes the wire's source and feeds the port. */
      readonly onto?: InputPort;
    }
  | { readonly type: "removeNodes"; readonly nodes: readonly string[] }
  | { readonly type: "renameNode"; readonly node: string; readonly name: string }
  | { readonly type: "connect"; readonly from: string; readonly to: InputPort }
  | { readonly type: "disconnect"; readonly from: string; readonly to: InputPort }
  /** `value: undefined` takes the option out of the file, so that the default holds. */
  | {
      readonly type: "setOption";
      readonly nodes: readonly string[];
      readonly option: string;
      readonly value?: JsonValue;
    }
  | { readonly type: "moveNodes"; readonly positions: Readonly<Record<string, Position>> }
  /** Forgets the positions, so that the automatic layout places these nodes again. */
  | { readonly type: "resetPositions"; readonly nodes: readonly string[] }
  | { readonly type: "setTraining"; readonly path: readonly string[]; readonly value?: JsonValue }
  | { readonly type: "setName"; readonly name: string }
  /**
   * Adds nodes with the wires among them. Wires from other nodes hold where this design has such a node, names in use
   * are changed, and the blocks that the nodes use come along; `positions` go by the names of `nodes`.
   */
  | {
      readonly type: "pasteNodes";
      readonly nodes: readonly NamedEntry[];
      readonly blocks?: readonly NamedEntry[];
      readonly positions?: Readonly<Record<string, Position>>;
    }
  /** Makes a block of the file out of nodes, and instances of it in their place and, if wanted, in every equal place. */
  | {
      readonly type: "createBlock";
      readonly nodes: readonly string[];
      readonly name: string;
      readonly withOthers: boolean;
    }
  /** Puts the nodes that blocks stand for in their place, one level deep. */
  | { readonly type: "expandBlocks"; readonly nodes: readonly string[] }
  /** A change inside the definition of a block of the file, in the names of its nodes and inputs; all uses follow. */
  | { readonly type: "editBlock"; readonly block: string; readonly command: BlockCommand }
  /** Several changes that a person made as one; the first that is refused refuses all. */
  | { readonly type: "sequence"; readonly commands: readonly EditCommand[] };

/** What can be changed inside the definition of a block. */
export type BlockCommand = Extract<
  EditCommand,
  {
    readonly type:
      | "addNode"
      | "removeNodes"
      | "renameNode"
      | "connect"
      | "disconnect"
      | "setOption";
  }
>;

/** One replacement in the text of a design. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** Result of a command: the edits, or why it cannot be done. `created` is the id of an added node. */
export type EditResult =
  | { readonly type: "edits"; readonly edits: readonly TextEdit[]; readonly created?: string }
  | { readonly type: "refused"; readonly message: string };
