Feature: Refunds
  As a clerk
  I want to pay a shop back
  So that a wrong invoice does no harm

  Background:
    Given a shop with a paid invoice

  Scenario: The whole sum
    When the clerk refunds 10 pounds
    Then the shop sees 10 pounds

  Scenario: A part of it
    When the clerk refunds 4 pounds
    Then the shop sees 4 pounds

  Scenario Outline: Too much
    When the clerk refunds <sum> pounds
    Then the refund is refused

    Examples:
      | sum |
      | 11  |
