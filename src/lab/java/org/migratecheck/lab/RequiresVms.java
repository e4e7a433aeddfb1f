package org.migratecheck.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class that needs virtual machines with Fibre Channel. It gets a {@link VmLab} as a
 * parameter, and is skipped, with the reason, where that cannot be.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("vms")
@RequiresLab
@ExtendWith(VmExtension.class)
@interface RequiresVms {}
