import { cmb } from './cmb/index.ts';
import { keytop } from './keytop/index.ts';
import type { PlatformDefinition } from './platform.ts';
import { qingdao } from './qingdao/index.ts';
import { shenzhen } from './shenzhen/index.ts';
import { vanke } from './vanke/index.ts';

/** Every platform the station can speak to. */
export const platformDefinitions: readonly PlatformDefinition[] = [qingdao, cmb, vanke, keytop, shenzhen];
