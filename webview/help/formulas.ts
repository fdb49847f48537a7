/** What a formula is about, in English; translated where it is shown. */
export type FormulaSubject = "output" | "size" | "channels" | "parameters" | "MACs" | "in training";

/** One line of the help. */
export interface Formula {
  readonly of: FormulaSubject;
  readonly formula: string;
}

const size = (formula: string): Formula => ({ of: "size", formula });
const output = (formula: string): Formula => ({ of: "output", formula });
const channels = (formula: string): Formula => ({ of: "channels", formula });
const parameters = (formula: string): Formula => ({ of: "parameters", formula });
const macs = (formula: string): Formula => ({ of: "MACs", formula });

const windowSize = size("⌊(H + p − d·(k − 1) − 1) / s⌋ + 1");
const pooledSize = size("⌊(H + p − k) / s⌋ + 1");
const twoAChannel = parameters("2·C");
const none = parameters("0");

/** The formulas of layers and blocks by type: k kernel, s stride, p padding, d dilation, C channels, N filters. */
export const formulas: Readonly<Record<string, readonly Formula[]>> = {
  conv2d: [windowSize, parameters("k·k·C/groups·N + N"), macs("H′·W′·k·k·C/groups·N")],
  depthwiseConv2d: [windowSize, channels("C·m"), parameters("k·k·C·m + C·m")],
  separableConv2d: [windowSize, parameters("k·k·C·m + C·m·N + N")],
  conv2dTranspose: [size("(H − 1)·s + k"), parameters("k·k·N·C + N")],
  tableConv2d: [windowSize, parameters("k·k·Σ|table| + N")],
  maxPooling2d: [output("y = max(x)"), pooledSize, none],
  averagePooling2d: [output("y = Σx / k²"), pooledSize, none],
  adaptiveAveragePooling2d: [output("y(u) = mean x[⌊u·H/n⌋ … ⌈(u + 1)·H/n⌉ − 1]"), none],
  globalAveragePooling2d: [output("y = Σx / (H·W)"), none],
  globalMaxPooling2d: [output("y = max(x)"), none],
  subsampling2d: [output("y = a·Σx + b"), pooledSize, twoAChannel],
  batchNormalization: [output("y = γ·(x − μ) / √(σ² + ε) + β"), parameters("4·C = γ, β + μ, σ²")],
  layerNormalization: [output("y = γ·(x − μ) / √(σ² + ε) + β"), twoAChannel],
  groupNormalization: [output("y = γ·(x − μ) / √(σ² + ε) + β"), twoAChannel],
  localResponseNormalization: [output("y = x / (bias + α·Σx²)^β"), none],
  dropout: [{ of: "in training", formula: "y = m·x / (1 − rate), m ∈ {0, 1}" }, output("y = x")],
  spatialDropout2d: [
    { of: "in training", formula: "y = m·x / (1 − rate), m ∈ {0, 1}ᶜ" },
    output("y = x"),
  ],
  rescaling: [output("y = scale·x + offset")],
  activation: [output("relu: max(0, x)"), output("sigmoid: 1 / (1 + e⁻ˣ)")],
  prelu: [output("y = max(0, x) + α·min(0, x)")],
  add: [output("y = a + b + …"), none],
  average: [output("y = (a + b + …) / n"), none],
  maximum: [output("y = max(a, b, …)"), none],
  multiply: [output("y = a·b·…"), none],
  concatenate: [channels("C₁ + C₂ + …"), none],
  dense: [output("y = W·x + b"), parameters("n·units + units"), macs("n·units")],
  radialBasis: [output("yᵢ = Σⱼ (xⱼ − wᵢⱼ)²")],
  flatten: [size("H·W·C")],
  reshape: [size("H·W·C = H′·W′·C′")],
  zeroPadding2d: [size("H + top + bottom")],
  cropping2d: [size("H − top − bottom")],
  upSampling2d: [size("H·size")],
  channelPadding: [channels("before + C + after")],
  channelShuffle: [channels("C")],
  input: [size("H × W × C")],
  convBlock: [output("y = φ(BN(W ∗ x))")],
  residualBlock: [output("y = φ(F(x) + x)")],
  inceptionBlock: [output("y = [1×1, 3×3, 5×5, pool]"), channels("N₁ + N₃ + N₅ + Nₚ")],
  denseBlock: [output("xₗ = H([x₀, x₁, …, xₗ₋₁])"), channels("C + layers·growthRate")],
  transitionBlock: [size("H / 2"), channels("⌊compression·C⌋")],
  depthwiseSeparableBlock: [parameters("k·k·C + C·N ≪ k·k·C·N")],
  invertedResidualBlock: [channels("C → t·C → N"), output("y = F(x) + x")],
  fireBlock: [channels("C → squeeze → N₁ + N₃")],
  squeezeExciteBlock: [output("y = x·σ(W₂·relu(W₁·mean(x)))")],
  auxiliaryHead: [output("softmax(W·x + b)")],
};
