package org.migratecheck.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class that needs hosts with kernels of their own. It gets a {@link UmlLab} as a
 * parameter, and is skipped, with the reason, where that cannot be.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RequiresLab
@ExtendWith(UmlExtension.class)
@interface RequiresUml {}
