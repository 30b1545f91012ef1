import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { provision } from '../support/provision.ts';
import { StationProcess } from '../support/station-process.ts';

/** The published description of the local API, as an integrator's generator reads it. */

const content = z.record(z.string(), z.object({ schema: z.unknown() }));
const operation = z.object({
  operationId: z.string(),
  summary: z.string().min(5),
  tags: z.array(z.string()).min(1),
  security: z.array(z.unknown()).optional(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query']), schema: z.unknown() })).default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: content.optional() })),
});
const documentSchema = z.object({
  openapi: z.string().startsWith('3.1'),
  security: z.array(z.unknown()).min(1),
  paths: z.record(z.string(), z.record(z.string(), operation)),
});

let station: StationProcess;
let calls: { readonly name: string; readonly path: string; readonly operation: z.output<typeof operation> }[];
beforeAll(async () => {
  station = await StationProcess.start({ provision: provision() });
  const { paths } = documentSchema.parse(await (await station.raw('/api/openapi.json')).json());
  calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation: each,
    })),
  );
});
afterAll(() => station.dispose());

test('every call has a summary, a name of its own, and its path parameters', () => {
  expect(calls.length).toBeGreaterThan(150);
  expect(new Set(calls.map(({ operation: { operationId } }) => operationId)).size).toBe(calls.length);
  for (const { name, path, operation: each } of calls) {
    const wanted = [...path.matchAll(/\{([^}]+)\}/g)].map(([, parameter = '']) => parameter);
    const given = each.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
    expect([name, given.sort()]).toEqual([name, wanted.sort()]);
  }
});

test('paths are in kebab case, and a thing with an id stands in a list named in the plural', () => {
  for (const { path } of calls) {
    expect(path).toMatch(/^(\/([a-z]+(-[a-z]+)*|\{[a-zA-Z]+\}))+$/);
    for (const [, list, parameter] of path.matchAll(/\/([a-z-]+)\/\{([a-zA-Z]+)\}/g))
      if (parameter !== 'what' && list !== 'outbox') expect([path, list]).toEqual([path, expect.stringMatching(/s$/)]);
  }
});

test('errors are problem documents that name their codes; who needs no sign-in is said', () => {
  const problem = z.object({
    properties: z.object({ code: z.object({ enum: z.array(z.string()) }), detail: z.unknown(), title: z.unknown() }),
  });
  for (const { name, operation: each } of calls) {
    const codes = Object.entries(each.responses).flatMap(([status, response]) => {
      if (Number(status) < 400) return [];
      expect([name, Object.keys(response.content ?? {})]).toEqual([name, ['application/problem+json']]);
      return problem.parse(response.content?.['application/problem+json']?.schema).properties.code.enum;
    });
    expect([name, codes]).toEqual([
      name,
      ['BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'LOCKED', 'TOO_MANY_REQUESTS'],
    ]);
  }
  const open = calls.filter(({ operation: { security } }) => security?.length === 0).map(({ name }) => name);
  expect(open.sort()).toEqual(
    ['GET /health', 'GET /status', 'POST /demo-sign-in', 'POST /resume', 'POST /set-up', 'POST /sign-in'].sort(),
  );
});

/** What is left open on purpose: checked as a whole by the station, or of as many shapes as there are events. */
const OPEN: readonly RegExp[] = [
  /^PATCH \/rules /,
  /^PATCH \/calendar .*\.(restDays|holidays|makeupWorkdays|seasons)\[\]$/,
  /^(POST|PATCH) \/tariffs\/drafts(\/\{draftId\})? .*\.tariff\{\}$/,
  /^POST \/tariffs\/preview\/.* body\.tariff\{\}$/,
  // A configuration is parsed by the owner of each part; its forms are JSON Schemas themselves.
  /^(GET|POST) \/configuration[ /]/,
  /^POST \/platforms\/\{platform\}\/test body\.settings\{\}$/,
  /^GET \/found-devices answer\[\]\.suggestion\.settings\{\}$/,
  / .*\.body(\{\})?$/,
  /^GET \/live /,
];

const anything = z.looseObject({});
const inParts = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  items: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
  anyOf: z.array(z.unknown()).default([]),
  oneOf: z.array(z.unknown()).default([]),
  allOf: z.array(z.unknown()).default([]),
});

test('nothing is left to guess but what is meant to be', () => {
  const holes: string[] = [];
  const look = (at: string, schema: unknown): void => {
    const parsed = anything.safeParse(schema);
    const { description: _, title: __, default: ___, ...said } = parsed.success ? parsed.data : {};
    if (Object.keys(said).length === 0) holes.push(at);
    const parts = inParts.safeParse(schema);
    if (!parts.success) return;
    const { properties, items, additionalProperties, anyOf, oneOf, allOf } = parts.data;
    for (const [key, each] of Object.entries(properties)) look(`${at}.${key}`, each);
    if (items !== undefined) look(`${at}[]`, items);
    if (additionalProperties !== undefined && additionalProperties !== false) look(`${at}{}`, additionalProperties);
    for (const each of [...anyOf, ...oneOf, ...allOf]) look(at, each);
  };
  for (const { name, operation: each } of calls) {
    for (const parameter of each.parameters) look(`${name} ?${parameter.name}`, parameter.schema);
    for (const body of Object.values(each.requestBody?.content ?? {})) look(`${name} body`, body.schema);
    const [ok, ...others] = Object.entries(each.responses).filter(([status]) => status.startsWith('2'));
    expect([name, others.length, Object.keys(ok?.[1].content ?? {}).length]).toEqual([name, 0, 1]);
    for (const body of Object.values(ok?.[1].content ?? {})) look(`${name} answer`, body.schema);
  }
  expect(holes.filter((hole) => !OPEN.some((open) => open.test(hole)))).toEqual([]);
});
