import type { Words } from '../words.ts';
import type { zhBooth } from './booth.zh.ts';

export const enBooth: Words<typeof zhBooth> = {};
