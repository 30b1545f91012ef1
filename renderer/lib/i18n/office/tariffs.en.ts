import type { Words } from '../words.ts';
import type { zhTariffs } from './tariffs.zh.ts';

export const enTariffs: Words<typeof zhTariffs> = {};
