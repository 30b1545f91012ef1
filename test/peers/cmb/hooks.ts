import type { HappeningOf, HookOf, HooksOf } from '../http/hooks.ts';
import type { About } from './faults.ts';
import type { Fields } from './sign.ts';

export type Happening = HappeningOf<About, Fields>;
export type Hook = HookOf<About, Fields>;
export type Hooks = HooksOf<About, Fields>;
