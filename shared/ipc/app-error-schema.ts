import { z } from 'zod';
import { APP_ERROR_CODES, type AppError } from '../result/app-error';

/** The form in which failures cross a process boundary. */
export const AppErrorSchema: z.ZodType<AppError> = z.object({
  code: z.enum(APP_ERROR_CODES),
  message: z.string(),
  details: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
  ),
});
