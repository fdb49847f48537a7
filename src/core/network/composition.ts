import { PathNames } from "./pathNames.ts";
import type {
  Outlet,
  Source,
  Template,
  TemplateBlock,
  TemplateLayer,
  TemplateProblem,
} from "./template.ts";

const pathNames = new PathNames();

/** A template while it grows: layers and blocks are added, other templates placed into it. */
export class Composition {
  readonly layers: TemplateLayer[] = [];
  readonly blocks: TemplateBlock[] = [];
  readonly children: string[] = [];
  readonly problems: TemplateProblem[] = [];

  /** Adds a layer and says what leaves it. */
  addLayer(layer: TemplateLayer): Outlet {
    this.layers.push(layer);
    return { source: this.layers.length - 1, shape: layer.inference?.outputShape };
  }

  /** Copies a template under `prefix`, wired to `inputs`; its blocks become children of the block `parent`. */
  place(
    template: Template,
    prefix: string,
    parent: string,
    inputs: readonly Outlet[],
  ): Outlet | undefined {
    const start = this.layers.length;
    const pathOf = pathNames.under(prefix);
    const rebase = (source: Source): Source => {
      if (typeof source === "string") return pathOf(source);
      return source >= 0 ? start + source : (inputs[-1 - source]?.source ?? prefix);
    };
    for (const layer of template.layers) {
      this.layers.push({
        id: pathOf(layer.id),
        type: layer.type,
        options: layer.options,
        inputs: layer.inputs.map(rebase),
        inputShapes: layer.inputShapes,
        inference: layer.inference,
      });
    }
    for (const block of template.blocks) {
      this.blocks.push({
        ...block,
        id: pathOf(block.id),
        parent: block.parent === undefined ? parent : pathOf(block.parent),
        children: block.children.map(pathOf),
        output: block.output === undefined ? undefined : rebase(block.output),
      });
    }
    const { output } = template;
    return output === undefined ? undefined : { ...output, source: rebase(output.source) };
  }

  /** The finished template. */
  finish(output: Outlet | undefined): Template {
    const { layers, blocks, children, problems } = this;
    return { layers, blocks, children, problems, output };
  }
}
