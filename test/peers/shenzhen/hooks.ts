import type { HappeningOf, HookOf, HooksOf } from '../http/hooks.ts';
import type { About } from './faults.ts';
import type { JsonObject } from './json.ts';

export type Happening = HappeningOf<About, JsonObject>;
export type Hook = HookOf<About, JsonObject>;
export type Hooks = HooksOf<About, JsonObject>;
