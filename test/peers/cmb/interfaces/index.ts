import type { UpInterface } from '../interface.ts';
import { AutoPay } from './AutoPay.ts';
import { AutoPayStatus } from './AutoPayStatus.ts';
import { ConfigUpload } from './ConfigUpload.ts';
import { Indata } from './Indata.ts';
import { Outdata } from './Outdata.ts';
import { PayOrderStatus } from './PayOrderStatus.ts';
import { PicUpload } from './PicUpload.ts';
import { SpaceInfo } from './SpaceInfo.ts';

/** The eight interfaces of chapter 5 by their names, upper and lower case as printed. */
export const UP: ReadonlyMap<string, UpInterface> = new Map(
  [AutoPay, SpaceInfo, Indata, Outdata, AutoPayStatus, PicUpload, ConfigUpload, PayOrderStatus].map((definition) => [
    definition.name,
    definition,
  ]),
);
