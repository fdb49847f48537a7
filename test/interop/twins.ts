/** A network of the zoo and the same network in an oracle's own collection. */
export interface Twin {
  /** Id in the zoo. */
  readonly zoo: string;
  readonly oracle: "keras" | "torchvision";
  readonly request: {
    readonly name: string;
    readonly arguments: Readonly<Record<string, unknown>>;
    /** Height, width and channels of the image, for torchvision. */
    readonly shape?: readonly [number, number, number];
    /** Reaches the modules that only training uses. */
    readonly training?: boolean;
  };
  /** Classes of the oracle that are left out on both sides. */
  readonly without?: readonly string[];
}

const ofKeras = (zoo: string, name: string, more: Partial<Twin> = {}): Twin => ({
  zoo,
  oracle: "keras",
  request: { name, arguments: {} },
  ...more,
});

const ofTorchvision = (
  zoo: string,
  name: string,
  more: Partial<Twin["request"]> = {},
  differences: Partial<Twin> = {},
): Twin => ({
  zoo,
  oracle: "torchvision",
  request: { name, arguments: {}, shape: [224, 224, 3], ...more },
  ...differences,
});

const googlenet = (isTraining: boolean): Partial<Twin["request"]> => ({
  arguments: { aux_logits: isTraining, transform_input: false, init_weights: false },
  training: isTraining,
});

/** Every network that the zoo shares with `keras.applications` or torchvision. */
export const twins: readonly Twin[] = [
  ofKeras("vgg16", "VGG16"),
  ofKeras("vgg19", "VGG19"),
  // Keras concatenates its last modules in two steps, the design in one.
  ofKeras("inceptionV3", "InceptionV3", { without: ["Concatenate"] }),
  ofKeras("resnet50v2", "ResNet50V2"),
  ofKeras("resnet101v2", "ResNet101V2"),
  ofKeras("resnet152v2", "ResNet152V2"),
  ofKeras("densenet121", "DenseNet121"),
  ofKeras("densenet169", "DenseNet169"),
  ofKeras("densenet201", "DenseNet201"),
  ofKeras("mobilenet", "MobileNet"),
  ofKeras("mobilenetV2", "MobileNetV2"),
  ofKeras("xception", "Xception"),
  // Keras puts the normalization of the image by its data set into the network, with 7 numbers of its own.
  ofKeras("efficientnetB0", "EfficientNetB0", { without: ["Normalization"] }),
  ofTorchvision("alexnetTorchvision", "alexnet"),
  ...[11, 13, 16, 19].flatMap((depth) => [
    ofTorchvision(`vgg${depth}`, `vgg${depth}`),
    ofTorchvision(`vgg${depth}Normalized`, `vgg${depth}_bn`),
  ]),
  ofTorchvision("googlenetTorchvision", "googlenet", googlenet(false)),
  ofTorchvision("googlenetTorchvisionAuxiliary", "googlenet", googlenet(true)),
  ofTorchvision("resnet18", "resnet18"),
  ofTorchvision("resnet34", "resnet34"),
  ofTorchvision("resnet50v15", "resnet50"),
  ofTorchvision("resnet101v15", "resnet101"),
  ofTorchvision("resnet152v15", "resnet152"),
  ofTorchvision("resnext50", "resnext50_32x4d"),
  ofTorchvision("densenet121", "densenet121"),
  ofTorchvision("densenet169", "densenet169"),
  ofTorchvision("densenet201", "densenet201"),
  ofTorchvision("squeezenet10", "squeezenet1_0"),
  ofTorchvision("squeezenet11", "squeezenet1_1"),
  ofTorchvision("mobilenetV2", "mobilenet_v2"),
  ofTorchvision("efficientnetB0", "efficientnet_b0"),
];
