export { createTicketByRule, type RuleTicket } from "./create-by-rule.ts";
export { listTicketFilters } from "./filters.ts";
export { handlers } from "./handlers.ts";
export { hasOpenTicket } from "./has-open-ticket.ts";
