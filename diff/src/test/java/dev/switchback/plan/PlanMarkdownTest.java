// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlanMarkdownTest {

  private static final String VERSIONS = """
      version 1.0
        component web
          image nginx:1.24
          env LEVEL=info
          volume /data name=data size=1 type=local
        component db
          image mysql:8.0
          depends web
      version 2.0 like 1.0
        component web
          image nginx:1.25
          env LEVEL=debug
          volume /data name=data size=2 type=share-file
        component db
          image mysql:8.1
      install 1.0
      """;

  private static String markdown(String commands) {
    return PlanTable.markdown(Scenario.play(VERSIONS + commands));
  }

  @Test
  void markdown_hasATableForEachSection() {
    assertThat(markdown("plan upgrade 2.0 except=env:web:NONE")).isEqualTo("""
            ## Upgrade of shop: shop@1.0 → shop@2.0

            |  |  |
            | --- | --- |
            | policy | preserve-environment |
            | base | generation 1, 2780e2d008eb |
            | made | 2026-01-02T03:04:05Z, valid until 2026-01-03T03:04:05Z |
            | result | 2 changes applied, 2 not, 2 steps in 2 waves, 2 follow-ups |

            ### Will be applied (2)

            | where |  | property | item | field | before | after | why |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            | Component db | \\~ | image |  | reference | mysql:8.0 | mysql:8.1 |  |
            | Component web | \\~ | image |  | reference | nginx:1.24 | nginx:1.25 |  |

            ### Will not be applied (2)

            | where |  | property | item | field | before | after | why |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            | Component web | \\~ | env | LEVEL | value | info | debug | env is add-only |
            | Component web | \\~ | volume | /data | type | local | share-file | volume is add-only |
            | Component web |  |  |  | capacityGb | 1 | 2 |  |

            ### To do by hand (2)

            |  | what | values |
            | --- | --- | --- |
            | F1 | Change env LEVEL of web by hand if the new value is wanted | stays: info, new: debug |
            | F2 | Change volume /data of web by hand if the new value is wanted | type: local → share-file |
            |  |  | capacityGb: 1 → 2 |

            ### Steps

            | wave | action | component | why |
            | --- | --- | --- | --- |
            | 1 | build | web | image |
            | 2 | build | db | image |

            ### Artifacts (2)

            | artifact |  | for |
            | --- | --- | --- |
            | mysql:8.1 | not checked | db |
            | nginx:1.25 | not checked | web |

            ### Warnings (1)

            | place | warning |
            | --- | --- |
            | env NONE of web | Nothing to leave out here: nothing changes it |
            """);
  }

  @Test
  void markdown_ofConflictsAndObstacles_hasThemFirst() {
    assertThat(markdown("""
        change
          component web
            env LEVEL=warn
        plan upgrade 2.0 policy=merge
        """)).contains("""
            | result | cannot be executed: 1 obstacle |

            ### Obstacles (1)

            | obstacle | next step |
            | --- | --- |
            | Cannot merge env LEVEL of web: the vendor changed 'info' to 'debug', the operator changed 'info' to 'warn' | decide whether to take the vendor's or to keep yours |

            ### To be decided (1)

            | where |  | property | item | field | before | after | why |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            | Component web | \\~ | env | LEVEL | value | warn | debug | env is merged three-way |

            ### Will be applied (3)
            """);
  }

  @Test
  void markdown_ofNothing_saysSo() {
    assertThat(markdown("plan upgrade 1.0")).isEqualTo("""
            ## Upgrade of shop: shop@1.0

            |  |  |
            | --- | --- |
            | policy | preserve-environment |
            | base | generation 1, 2780e2d008eb |
            | made | 2026-01-02T03:04:05Z, valid until 2026-01-03T03:04:05Z |
            | result | nothing to do |

            Nothing to do.
            """);
    assertThat(markdown("plan upgrade 3.0")).doesNotContain("Nothing to do.");
    assertThat(markdown("plan upgrade 2.0 only=env:web:LEVEL")).doesNotContain("Nothing to do.");
  }

  @Test
  void markdown_ofComponentsThatComeAndGo_listsWhatIsInside() {
    String later = """
        version 3.0 like 2.0
          remove component db
          component api
            image api:1
            env API_TOKEN=s3cret
            attribute securityContext={"privileged":true}
        """;
    assertThat(markdown(later + "plan upgrade 3.0 policy=exact"))
        .contains("""
            | Component api | + | component |  |  |  | image api:1 |  |
            | Component api |  | env | API\\_TOKEN |  |  | (secret) |  |
            | Component api |  | kubernetes-attribute | securityContext |  |  | {"privileged":true} |  |
            | Component db | - | component |  |  | image mysql:8.0 |  |  |
            | Component db |  | dependency | web |  |  |  |  |
            """)
        .doesNotContain("s3cret");
  }
}
