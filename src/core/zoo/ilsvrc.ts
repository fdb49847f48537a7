/** One result of the ImageNet challenge in classification. */
export interface IlsvrcResult {
  readonly year: number;
  readonly name: string;
  /** Share of images whose class is not among the five answers, in percent. */
  readonly error: number;
  /** Layers with weights; absent for what was no convolutional network. */
  readonly depth?: number;
  /** The network in this zoo. */
  readonly id?: string;
}

/** Top-5 errors by year, as lectures show them (winners, and VGG beside that of 2014). */
export const ilsvrc: readonly IlsvrcResult[] = [
  { year: 2010, name: "NEC-UIUC", error: 28.2 },
  { year: 2011, name: "XRCE", error: 25.8 },
  { year: 2012, name: "AlexNet", error: 16.4, depth: 8, id: "alexnet" },
  { year: 2013, name: "Clarifai", error: 11.7, depth: 8 },
  { year: 2014, name: "VGG-19", error: 7.3, depth: 19, id: "vgg19" },
  { year: 2014, name: "GoogLeNet", error: 6.7, depth: 22, id: "googlenet" },
  { year: 2015, name: "ResNet-152", error: 3.57, depth: 152, id: "resnet152" },
];
