import type { ContractRouterClient } from '@orpc/contract';
import { auth } from './auth.ts';
import { audit, events, health, live } from './journal.ts';
import { lanes } from './lanes.ts';
import { lists } from './lists.ts';
import { outbox } from './outbox.ts';
import { photos, quote, sessions } from './stays.ts';
import { tariffs } from './tariffs.ts';

/**
 * The whole conversation between the station and whoever uses it. The REST API under `/api/v1`, its OpenAPI document and the
 * UI's client all come from this value.
 */
export const contract = { auth, lanes, sessions, quote, photos, tariffs, lists, outbox, events, audit, live, health };
export type Contract = typeof contract;

/** The typed client of the UI, whatever carries it (WebSocket or message port). */
export type StationClient = ContractRouterClient<Contract>;
