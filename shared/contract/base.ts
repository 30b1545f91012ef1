import { oc } from '@orpc/contract';
import { z } from 'zod';
import { rightSchema } from '../domain/rights.ts';
import { type Role, roleSchema } from '../domain/site.ts';

/** Who may call a procedure. `public`: no sign-in needed (it still only listens where the station was bound to). */
export type Access = 'public' | Role;

export interface ProcedureMeta {
  readonly access: Access;
}

/**
 * The errors that any procedure may answer with. Over HTTP they travel as RFC 9457 problem documents whose `code` is the
 * key below; the UI chooses its words by `code`. `message` is a Chinese sentence for people.
 */
export const commonErrors = {
  BAD_REQUEST: {
    status: 400,
    message: '请求内容有误',
    data: z
      .object({ issues: z.array(z.object({ path: z.array(z.union([z.string(), z.int()])), message: z.string() })) })
      .optional(),
  },
  UNAUTHORIZED: { status: 401, message: '请先登录' },
  FORBIDDEN: { status: 403, message: '当前账号没有此操作的权限' },
  NOT_FOUND: { status: 404, message: '没有找到' },
  LOCKED: { status: 423, message: '屏幕已锁定，请先解锁' },
  CONFLICT: { status: 409, message: '当前状态不允许此操作', data: z.object({ reason: z.string() }) },
  TOO_MANY_REQUESTS: {
    status: 429,
    message: '尝试次数过多，请稍后再试',
    data: z.object({ retryAfterSeconds: z.int() }),
  },
} as const;

const base = oc.$meta<ProcedureMeta>({ access: 'admin' }).errors(commonErrors);

/** Starts the contract of one procedure: its access, its REST route and its place in the API document. */
export function procedure(options: {
  readonly access: Access;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: `/${string}`;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly successStatus?: 200 | 201;
}) {
  return base.meta({ access: options.access }).route({
    method: options.method,
    path: options.path,
    summary: options.summary,
    tags: [...options.tags],
    successStatus: options.successStatus ?? 200,
    // The document as a whole asks for a token; these calls are what gets one.
    ...(options.access === 'public' ? { spec: (operation) => ({ ...operation, security: [] }) } : {}),
  });
}

/** A page of a listing. `total` counts all that the filter matches; where `exact` is false there are more of them. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: z.int(),
    exact: z.boolean().optional(),
    page: z.int(),
    pageSize: z.int(),
  });
}

/** Why a person takes something back; it stands in the journal. */
export const optionalReason = { reason: z.string().trim().max(200).optional() };

/** `page` starts at 1. REST sends text, so numbers are coerced here and nowhere else. */
export const pageInput = {
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
};

/** Who is signed in, and what they may do here: down to the button, see `shared/domain/rights.ts`. */
export const userViewSchema = z.object({
  name: z.string(),
  role: roleSchema,
  displayName: z.string(),
  number: z.string().describe('Staff number (工号)'),
  post: z.object({ id: z.string(), name: z.string() }).nullable(),
  rights: z.array(rightSchema),
  locked: z.boolean().describe('The screen of this sign-in is locked: it may look at the lanes, and unlock'),
});
export type UserView = z.infer<typeof userViewSchema>;
