package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;

/**
 * What became of a slot.
 *
 * @param late by how much its request left late, so that the slot a window behind it must wait; or
 *     by how much its process would have
 * @param used false where nothing was sent, so that somebody else may
 */
public record PermitUsage(Instant slot, Duration late, boolean used) {}
