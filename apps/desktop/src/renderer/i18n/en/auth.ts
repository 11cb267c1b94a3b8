import type { Mirror } from "../types.ts";
import type { auth as vi } from "../vi/auth.ts";

export const auth = {
  title: "Sign in",
  email: "E-mail",
  password: "Password",
  showPassword: "Show password",
  hidePassword: "Hide password",
  submit: "Sign in",
  submitting: "Signing in",
  wrong: "The e-mail or the password is wrong",
  locked: "Too many wrong attempts. Please try again in {{time}}",
  disabled: "This account is disabled. Please contact your administrator",
  expired: "Your session has expired. What you were writing is kept",
  unreachable: "The server {{server}} cannot be reached",
  server: "Server",
  serverHint: "The address your administrator gave you",
  remember: "Remember me on this computer",
  forgot: "If you forgot your password, ask your administrator to reset it",
  capsLock: "Caps Lock is on",
  demo: "Try it with sample data",
  signOut: "Sign out",
  signOutTitle: "Sign out?",
  signOutBody_one: "You still have {{count}} open interaction. It will go back to the queue.",
  signOutBody_other: "You still have {{count}} open interactions. They will go back to the queue.",
  signOutClean: "You will receive no more work on this computer.",
} as const satisfies Mirror<typeof vi>;
