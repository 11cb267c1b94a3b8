export interface UserRow {
  id: string;
  /** Folded to lower case. */
  username: string;
  name: string;
  password_hash: string;
  /** 1: somebody else knows the password, so no session is opened by it until it is replaced. */
  must_change: number;
  roles: string;
  /** Level by skill. */
  skills: string;
  disabled: number;
  created_at: number;
  version: number;
}
export interface SessionRow {
  id: string;
  /** SHA-256 of the token, hex: a stolen store opens no session. */
  token_hash: string;
  user_id: string;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
  revoked_at: number | null;
  user_agent: string;
  address: string;
}
export interface TeamRow {
  id: string;
  name: string;
  colour: number | null;
  version: number;
}
/** Also what the wire calls a skill. */
export interface SkillRow {
  id: string;
  name: string;
  version: number;
}
/** A role of the users' making, or a built-in one that was changed. */
export interface RoleRow {
  id: string;
  name: string;
  permissions: string;
  version: number;
}

/** See `Signature` of the contract. */
export interface SignatureRow {
  owner_id: string;
  html: string;
  text: string;
  version: number;
}

/** Also what the wire calls a canned reply. */
export interface CannedReplyRow {
  id: string;
  shortcut: string;
  text: string;
  version: number;
}
