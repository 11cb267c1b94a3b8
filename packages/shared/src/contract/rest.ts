import { z } from "zod";
import { User } from "./people.ts";
import { Id } from "./scalars.ts";

/** `POST /api/v1/sessions`. A browser asks for a cookie, the desktop keeps the token itself. */
export const LogIn = z.strictObject({
  username: z.string().min(1).max(60),
  password: z.string().min(1).max(200),
  carry: z.enum(["cookie", "token"]).default("cookie"),
});

export const LoggedIn = z.object({ user: User, token: z.string().nullable() });
export type LoggedIn = z.infer<typeof LoggedIn>;

/** `POST /api/v1/media`, multipart, one part named `file`. */
export const Uploaded = z.object({
  mediaId: Id,
  kind: z.enum(["image", "video", "audio", "file"]),
  name: z.string(),
  mime: z.string(),
  size: z.number().int(),
  thumbnail: z.boolean(),
});
export type Uploaded = z.infer<typeof Uploaded>;
