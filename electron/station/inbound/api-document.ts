import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '../../../shared/contract/index.ts';

type Description = Awaited<ReturnType<OpenAPIGenerator['generate']>>;

/** The deepest of what we describe is a price within a segment of a programme of a rule. */
const DEPTH = 30;

/** The OpenAPI document of the local API. Errors are described as they travel: problem documents with the contract's code. */
export async function describeApi(version: string): Promise<Description> {
  const converter = new ZodToJsonSchemaConverter({ maxStructureDepth: DEPTH });
  const document = await new OpenAPIGenerator({ schemaConverters: [converter] }).generate(contract, {
    info: { title: 'Gatehouse local API', version },
    servers: [{ url: '/api/v1' }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    security: [{ bearer: [] }],
    customErrorResponseBodySchema: (errors, status) => ({
      type: 'object',
      description: 'RFC 9457',
      properties: {
        type: { const: 'about:blank' },
        title: { type: 'string' },
        status: { const: status },
        detail: { type: 'string', description: 'A Chinese sentence for people' },
        code: { enum: errors.map(([code]) => code) },
        ...dataOf(errors.map(([, , , data]) => data)),
      },
      required: ['type', 'title', 'status', 'detail', 'code'],
    }),
  });
  for (const path of Object.values(document.paths ?? {}))
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const)
      for (const [status, response] of Object.entries(path?.[method]?.responses ?? {})) {
        if (Number(status) < 400 || !('content' in response)) continue;
        const { 'application/json': problem } = response.content ?? {};
        if (problem) response.content = { 'application/problem+json': problem };
        response.description = WORDS[status] ?? status;
      }
  return document;
}

/** What the errors of one status say besides: no two of ours share a status. */
function dataOf<T>(schemas: readonly T[]): { data?: T } {
  const data = schemas.find(
    (schema) => typeof schema === 'object' && schema !== null && Object.keys(schema).length > 0,
  );
  return data === undefined ? {} : { data };
}

const WORDS: Readonly<Record<string, string>> = {
  400: 'What was sent does not fit; `data.issues` names each fault by its path',
  401: 'Not signed in',
  403: 'Not for this role',
  404: 'There is no such thing',
  409: 'Not in this state; `data.reason` says why, for machines',
  429: 'Too often',
};
