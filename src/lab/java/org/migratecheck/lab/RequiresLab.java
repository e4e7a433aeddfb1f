package org.migratecheck.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class that needs the lab. It gets the one {@link Lab} of the run as a parameter, and
 * is skipped, with the reason, where the lab cannot be: not Linux, not root, packages missing.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("lab")
@ExtendWith({LabCondition.class, LabExtension.class})
@interface RequiresLab {}
