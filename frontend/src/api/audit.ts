/** The audit log: who did what, when. */
import { answer, api, given } from "./client";
import type { AuditCheck, AuditEvent, AuditQuery, Page } from "./types";

/** A page of what a filter lets through of the log, newest first. */
export const listAudit = (query: AuditQuery): Promise<Page<AuditEvent>> =>
  answer(api.GET("/api/v1/audit", { params: { query: given(query) } }));

/** Whether anybody has altered the log; the server walks all of it. */
export const checkAudit = (): Promise<AuditCheck> => answer(api.GET("/api/v1/audit/check"));
