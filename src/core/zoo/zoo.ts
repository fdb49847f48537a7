import { alexnetNetworks } from "./alexnet.ts";
import { densenetNetworks } from "./densenet.ts";
import { googlenetNetworks } from "./googlenet.ts";
import { inceptionV3Networks } from "./inceptionV3.ts";
import { lenet5Networks } from "./lenet5.ts";
import { lessonNetworks } from "./lessons.ts";
import { mobilenetNetworks } from "./mobilenet.ts";
import { resnetNetworks } from "./resnet.ts";
import { resnetCifarNetworks } from "./resnetCifar.ts";
import { squeezenetNetworks } from "./squeezenet.ts";
import { vggNetworks } from "./vgg.ts";
import { xceptionNetworks } from "./xception.ts";
import type { ZooNetwork } from "./zooNetwork.ts";

/** Every published network, in the order of the gallery. */
export const zoo: readonly ZooNetwork[] = [
  ...lenet5Networks,
  ...alexnetNetworks,
  ...vggNetworks,
  ...googlenetNetworks,
  ...inceptionV3Networks,
  ...resnetNetworks,
  ...resnetCifarNetworks,
  ...densenetNetworks,
  ...squeezenetNetworks,
  ...mobilenetNetworks,
  ...xceptionNetworks,
  ...lessonNetworks,
];
