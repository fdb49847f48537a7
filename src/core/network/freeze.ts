import type { Inference } from "../layers/layer.ts";
import type { Template, TemplateLayer } from "./template.ts";

/** A template none of whose weights are trained, as if every layer in it had `trainable` off. */
export function freezeTemplate(template: Template): Template {
  return { ...template, layers: template.layers.map(freezeLayer) };
}

/** The same with weights that are not trained, which are counted apart. */
export function freezeInference(inference: Inference): Inference {
  return {
    ...inference,
    weights: inference.weights.map((weight) => ({ ...weight, trainable: false })),
  };
}

function freezeLayer(layer: TemplateLayer): TemplateLayer {
  const { options, inference } = layer;
  if (options["trainable"] !== true) return layer;
  return {
    ...layer,
    options: { ...options, trainable: false },
    inference: inference && freezeInference(inference),
  };
}
